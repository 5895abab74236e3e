package io.wanspec.endpoints.compute;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Sequence;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who has computed, or is about to compute, what a session lacks of its text. All are of one caller. */
final class Sharing {
    /** Fewer tokens are computed about as soon as they are copied. */
    static final int TOKENS_MIN = 32;

    private Sharing() {}

    /**
     * A cache beside the session's own.
     *
     * @param tokens that it holds, or will
     * @param fills whether it computes those that it lacks, and waits for nobody
     * @param age of its session, less for an older one
     */
    record Holder(Sequence sequence, Tokens tokens, boolean fills, long age) {
        int willHave(Tokens prefix) {
            return tokens.commonPrefix(prefix);
        }

        int has(Tokens prefix) {
            return Math.min(sequence.length(), willHave(prefix));
        }

        /** So that no two sessions wait for each other. */
        boolean isAheadOf(int length, long age) {
            return sequence.length() > length || (sequence.length() == length && this.age < age);
        }
    }

    /** What a session is to do. */
    sealed interface Finding {
        /** Copies so many tokens. */
        record Copy(Sequence from, int length) implements Finding {}

        /** Waits until another has gone on. */
        record Await() implements Finding {}

        /** Computes what it lacks. */
        record Nothing() implements Finding {}
    }

    /**
     * @param length what the session has of {@code prefix}
     * @param age of the session
     */
    static Finding find(int length, long age, Tokens prefix, List<Holder> others) {
        Optional<Holder> best = others.stream().max(Comparator.comparingInt(each -> each.has(prefix)));
        int has = best.map(each -> each.has(prefix)).orElse(0);
        boolean isWorthWaiting = others.stream()
                .filter(each -> each.fills() && each.isAheadOf(length, age))
                .anyMatch(each -> each.has(prefix) < each.willHave(prefix)
                        && each.willHave(prefix) >= Math.max(length, has) + TOKENS_MIN);
        if (isWorthWaiting) {
            return new Finding.Await();
        }
        return best.filter(each -> has >= length + TOKENS_MIN)
                .<Finding>map(each -> new Finding.Copy(each.sequence(), has))
                .orElseGet(Finding.Nothing::new);
    }
}
