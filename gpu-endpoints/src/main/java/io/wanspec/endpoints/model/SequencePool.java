package io.wanspec.endpoints.model;

import io.wanspec.contracts.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the caches of finished sequences, so that a request that begins like an earlier one need not compute that part
 * again. Least recently used caches go first when the bound is reached.
 *
 * <p>Correctness never depends on a hit: a cached position holds the same bits as a computed one. Not thread-safe; it
 * belongs to the thread that runs the passes.
 */
public final class SequencePool implements AutoCloseable {
    private final LanguageModel model;
    private final long bytesMax;
    private final int leasesMax;
    private final List<Idle> idle = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private long clock;

    private record Idle(Sequence sequence, Tokens tokens, long usedAt) {}

    /**
     * @param bytesMax of all caches, idle and leased; leased ones are never taken away, so it can be exceeded by what the
     *     leases grow to
     * @param leasesMax sequences in use at a time
     */
    public SequencePool(LanguageModel model, long bytesMax, int leasesMax) {
        this.model = model;
        this.bytesMax = bytesMax;
        this.leasesMax = leasesMax;
    }

    /** A sequence in use. */
    public final class Lease implements AutoCloseable {
        private final Sequence sequence;
        private Tokens tokens;

        private Lease(Sequence sequence, Tokens tokens) {
            this.sequence = sequence;
            this.tokens = tokens;
        }

        /** Tokens whose keys and values are there. */
        public int length() {
            return sequence.length();
        }

        /** See {@link Sequence#append}. */
        public Pass append(Tokens more, int logitRows) {
            Pass pass = sequence.append(more, logitRows);
            tokens = tokens.plus(more);
            shrink();
            return pass;
        }

        /** See {@link Sequence#truncate}. */
        public void truncate(int length) {
            sequence.truncate(length);
            tokens = tokens.slice(0, length);
        }

        /** Gives the cache back to the pool; the second time does nothing. */
        @Override
        public void close() {
            if (leases.remove(this)) {
                idle.add(new Idle(sequence, tokens, ++clock));
                shrink();
            }
        }
    }

    /**
     * @param prefix that the caller will need
     * @return a sequence that already holds the longest cached beginning of {@code prefix}, or nothing if too many are in
     *     use
     */
    public Optional<Lease> acquire(Tokens prefix) {
        if (leases.size() >= leasesMax) {
            return Optional.empty();
        }
        Optional<Idle> best = idle.stream()
                .max(Comparator.<Idle>comparingInt(entry -> entry.tokens().commonPrefix(prefix))
                        .thenComparingLong(Idle::usedAt));
        Lease lease = best.filter(entry -> entry.tokens().commonPrefix(prefix) > 0)
                .map(entry -> reuse(entry, prefix))
                .orElseGet(() -> new Lease(model.open(), Tokens.none()));
        leases.add(lease);
        shrink();
        return Optional.of(lease);
    }

    /** Bytes of all caches. */
    public long cacheBytes() {
        return idle.stream().mapToLong(entry -> entry.sequence().cacheBytes()).sum()
                + leases.stream()
                        .mapToLong(lease -> lease.sequence.cacheBytes())
                        .sum();
    }

    int idleCount() {
        return idle.size();
    }

    @Override
    public void close() {
        idle.forEach(entry -> entry.sequence().close());
        idle.clear();
        leases.forEach(lease -> lease.sequence.close());
        leases.clear();
    }

    private Lease reuse(Idle entry, Tokens prefix) {
        idle.remove(entry);
        int common = entry.tokens().commonPrefix(prefix);
        entry.sequence().truncate(common);
        return new Lease(entry.sequence(), prefix.slice(0, common));
    }

    private void shrink() {
        while (cacheBytes() > bytesMax && !idle.isEmpty()) {
            Idle oldest =
                    idle.stream().min(Comparator.comparingLong(Idle::usedAt)).orElseThrow();
            idle.remove(oldest);
            oldest.sequence().close();
        }
    }
}
