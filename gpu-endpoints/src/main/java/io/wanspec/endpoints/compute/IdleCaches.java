package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Caches of sessions that have ended, each for the caller whose it was. */
final class IdleCaches {
    private final List<Idle> caches = new ArrayList<>();
    private long clock;

    private record Idle(Sequence sequence, Tokens tokens, Optional<CallerId> caller, long usedAt) {}

    /** @param shared how many of the tokens it holds are of use, from the first on */
    private record Found(Idle idle, int shared) {
        int lost() {
            return idle.tokens().size() - shared;
        }
    }

    void add(Sequence sequence, Tokens held, Optional<CallerId> caller) {
        sequence.truncate(Math.min(sequence.length(), held.size()));
        caches.add(new Idle(sequence, held.slice(0, sequence.length()), caller, ++clock));
    }

    int count() {
        return caches.size();
    }

    long bytes() {
        return caches.stream().mapToLong(each -> each.sequence().cacheBytes()).sum();
    }

    /**
     * Takes the cache that holds most of {@code prefix}, and leaves in it what it has of it.
     *
     * @param fits whether it may be taken, by how many tokens it loses
     */
    Optional<Sequence> take(Tokens prefix, Optional<CallerId> caller, BiPredicate<Sequence, Integer> fits) {
        Optional<Found> best = caches.stream()
                .filter(each -> each.caller().equals(caller))
                .map(each -> new Found(each, each.tokens().commonPrefix(prefix)))
                .filter(found -> found.shared() > 0)
                .filter(found -> fits.test(found.idle().sequence(), found.lost()))
                .max(Comparator.comparingInt(Found::shared)
                        .thenComparingLong(found -> found.idle().usedAt()));
        best.ifPresent(found -> {
            caches.remove(found.idle());
            found.idle().sequence().truncate(found.shared());
        });
        return best.map(found -> found.idle().sequence());
    }

    Stream<Sharing.Holder> holders(Optional<CallerId> caller) {
        return caches.stream()
                .filter(each -> each.caller().equals(caller))
                .map(each -> new Sharing.Holder(each.sequence(), each.tokens(), false, 0));
    }

    /** It was used, if it is one of these. */
    void used(Sequence sequence) {
        caches.replaceAll(each ->
                each.sequence().equals(sequence) ? new Idle(sequence, each.tokens(), each.caller(), ++clock) : each);
    }

    /** Forgets the one that was not used for the longest time. @return false if there is none */
    boolean evict() {
        Optional<Idle> oldest = caches.stream().min(Comparator.comparingLong(Idle::usedAt));
        oldest.ifPresent(found -> {
            caches.remove(found);
            found.sequence().close();
        });
        return oldest.isPresent();
    }
}
