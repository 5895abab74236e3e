package io.wanspec.endpoints.model.copy;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.CopyShares;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that grows and shrinks at its end and knows where it read the same before: of the latest {@link #PLACES} places where
 * its last token stood, the one with the longest agreement; of equals the latest.
 *
 * <p>The rule is that of {@code tools/distill}, which learns by it how much a copy is to be trusted. Source: Saxena, "Prompt
 * lookup decoding" (2023).
 */
public final class CopyText {
    static final int PLACES = 256;
    private static final int NONE = -1;

    private final Map<Integer, Integer> latest = new HashMap<>();
    private int[] tokens = new int[256];
    private int[] earlier = new int[256];
    private int size;

    public int size() {
        return size;
    }

    public void append(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size * 2);
            earlier = Arrays.copyOf(earlier, size * 2);
        }
        Integer before = latest.put(token, size);
        tokens[size] = token;
        earlier[size] = before == null ? NONE : before;
        size++;
    }

    public void append(Tokens more) {
        for (int i = 0; i < more.size(); i++) {
            append(more.get(i));
        }
    }

    /** Takes tokens away from the end. */
    public void truncate(int to) {
        if (to < 0 || to > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " tokens to " + to);
        }
        while (size > to) {
            size--;
            if (earlier[size] == NONE) {
                latest.remove(tokens[size]);
            } else {
                latest.put(tokens[size], earlier[size]);
            }
        }
    }

    /** What an earlier place suggests for the next token, or null if the last one stands here for the first time. */
    public @Nullable Copy next() {
        int best = 0;
        int at = NONE;
        int place = size == 0 ? NONE : earlier[size - 1];
        for (int i = 0; i < PLACES && place != NONE && best < CopyShares.AGREED_MAX; i++) {
            int agreed = agreed(place);
            if (agreed > best) {
                best = agreed;
                at = place;
            }
            place = earlier[place];
        }
        return at == NONE ? null : new Copy(tokens[at + 1], best);
    }

    private int agreed(int place) {
        int agreed = 1;
        while (agreed < CopyShares.AGREED_MAX
                && agreed <= place
                && tokens[place - agreed] == tokens[size - 1 - agreed]) {
            agreed++;
        }
        return agreed;
    }
}
