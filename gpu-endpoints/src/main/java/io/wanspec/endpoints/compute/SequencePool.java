package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the caches of finished sequences, so that a request that begins like an earlier one need not compute that part
 * again. Only sessions of the same caller find them. Least recently used caches go first when the bound is reached.
 *
 * <p>Correctness never depends on a hit: a cached position holds the same bits as a computed one.
 */
public final class SequencePool implements Sequences {
    private final LanguageModel model;
    private final long bytesMax;
    private final int leasesMax;
    private final long leasedBytesMax;
    private final List<Idle> idle = new ArrayList<>();
    private final List<Pooled> leases = new ArrayList<>();
    private long clock;

    private record Idle(Sequence sequence, Tokens tokens, Optional<CallerId> caller, long usedAt) {}

    /**
     * @param bytesMax of all caches, idle and in use; those in use are never taken away, so it can be exceeded by what they
     *     grow to
     * @param leasesMax sequences in use at a time
     */
    public SequencePool(LanguageModel model, long bytesMax, int leasesMax) {
        this(model, bytesMax, leasesMax, Long.MAX_VALUE);
    }

    /** @param leasedBytesMax no further sequence is given out while those in use hold this much */
    public SequencePool(LanguageModel model, long bytesMax, int leasesMax, long leasedBytesMax) {
        this.model = model;
        this.bytesMax = bytesMax;
        this.leasedBytesMax = leasedBytesMax;
        this.leasesMax = leasesMax;
    }

    /** @throws OverloadedException if too many sequences are in use */
    @Override
    public Lease acquire(Tokens prefix, Optional<CallerId> caller) {
        if (leases.size() >= leasesMax) {
            throw new OverloadedException("all " + leasesMax + " sequences are in use; try again in a moment");
        }
        if (leasedBytes() >= leasedBytesMax) {
            throw new OverloadedException("the sequences in use fill the cache; try again in a moment");
        }
        Optional<Idle> best = idle.stream()
                .filter(entry -> entry.caller().equals(caller))
                .filter(entry -> entry.tokens().commonPrefix(prefix) > 0)
                .max(Comparator.<Idle>comparingInt(entry -> entry.tokens().commonPrefix(prefix))
                        .thenComparingLong(Idle::usedAt));
        Pooled lease = new Pooled(best.map(entry -> reuse(entry, prefix)).orElseGet(model::open), caller);
        leases.add(lease);
        shrink();
        return lease;
    }

    @Override
    public boolean hasRoom() {
        return leases.size() < leasesMax && leasedBytes() < leasedBytesMax;
    }

    /** Bytes of all caches. */
    public long cacheBytes() {
        return idle.stream().mapToLong(entry -> entry.sequence().cacheBytes()).sum() + leasedBytes();
    }

    private long leasedBytes() {
        return leases.stream().mapToLong(lease -> lease.sequence.cacheBytes()).sum();
    }

    private Sequence reuse(Idle entry, Tokens prefix) {
        idle.remove(entry);
        entry.sequence().truncate(entry.tokens().commonPrefix(prefix));
        return entry.sequence();
    }

    @Override
    public void trim() {
        shrink();
    }

    private void shrink() {
        while (cacheBytes() > bytesMax && !idle.isEmpty()) {
            Idle oldest =
                    idle.stream().min(Comparator.comparingLong(Idle::usedAt)).orElseThrow();
            idle.remove(oldest);
            oldest.sequence().close();
        }
    }

    private final class Pooled implements Lease {
        private final Sequence sequence;

        private final Optional<CallerId> caller;

        private Pooled(Sequence sequence, Optional<CallerId> caller) {
            this.sequence = sequence;
            this.caller = caller;
        }

        @Override
        public Sequence sequence() {
            return sequence;
        }

        @Override
        public void release(Tokens held) {
            if (!leases.remove(this)) {
                return;
            }
            if (held.isEmpty()) {
                sequence.close();
                return;
            }
            sequence.truncate(Math.min(sequence.length(), held.size()));
            idle.add(new Idle(sequence, held.slice(0, sequence.length()), caller, ++clock));
            shrink();
        }
    }
}
