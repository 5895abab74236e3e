package io.wanspec.contracts;

import java.util.ArrayList;
import java.util.List;

/**
 * Log-probabilities of tokens that stand one behind the other.
 *
 * @param each one entry a token; none where nobody asked
 */
public record Logprobs(List<TokenLogprobs> each) {
    private static final Logprobs NONE = new Logprobs(List.of());

    public Logprobs {
        each = List.copyOf(each);
    }

    public static Logprobs none() {
        return NONE;
    }

    public boolean isNone() {
        return each.isEmpty();
    }

    /** Those of tokens from {@code from} on, to {@code to}, if there are any. */
    public Logprobs slice(int from, int to) {
        return isNone() ? this : new Logprobs(each.subList(from, to));
    }

    public Logprobs plus(Logprobs more) {
        if (isNone() || more.isNone()) {
            return isNone() ? more : this;
        }
        List<TokenLogprobs> all = new ArrayList<>(each);
        all.addAll(more.each);
        return new Logprobs(all);
    }

    /** Whether there is one for each of so many tokens, or for none. */
    public boolean fits(int tokens) {
        return isNone() || each.size() == tokens;
    }
}
