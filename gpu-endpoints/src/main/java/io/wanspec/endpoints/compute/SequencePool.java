package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All caches of a model, within a bound of bytes.
 *
 * <p>Those of finished sequences are kept, so that a request that begins like an earlier one need not compute that part
 * again; nor need one that begins like another that is under way: it copies what that has, or waits for it ({@link Sharing}). Only
 * sessions of the same caller find them. Least recently used caches go first when the bound is reached.
 *
 * <p>Those in use have a reservation each, and all reservations are within the bound. A session is let in when what it may need
 * has room ({@link CacheNeed}). One that outgrows its reservation takes what is free, then the caches of younger sessions that
 * yield, the youngest first, whose peers do not notice more than the time that it takes to compute them again. What is left
 * without room waits, the oldest first and before any newcomer. So the oldest session never gives its cache up, all others become the
 * oldest in the end, and a session that alone needs more than the bound gets it once it is the only one.
 *
 * <p>Correctness never depends on a cache: a cached position holds the same bits as a computed one.
 */
public final class SequencePool implements Sequences {
    private final LanguageModel model;
    private final long bytesMax;
    private final int leasesMax;
    private final long leasedBytesMax;
    private final IdleCaches idle = new IdleCaches();
    private final RoomLine line;
    private final List<Pooled> leases = new ArrayList<>();
    private Runnable onRoom = () -> {};
    private long admitted;
    private final List<Runnable> followers = new ArrayList<>();
    private long givenUp;
    private long sharedTokens;
    private volatile CacheReport report = CacheReport.NONE;

    /**
     * @param bytesMax of all caches, idle and in use; those in use are not bounded
     * @param leasesMax sequences in use at a time
     */
    public SequencePool(LanguageModel model, long bytesMax, int leasesMax) {
        this(model, bytesMax, leasesMax, Long.MAX_VALUE);
    }

    /** @param leasedBytesMax of those in use */
    public SequencePool(LanguageModel model, long bytesMax, int leasesMax, long leasedBytesMax) {
        this(model, bytesMax, leasesMax, leasedBytesMax, WaitingRoom.WAIT_MAX);
    }

    /** @param waitMax how long a session waits for room to go on */
    SequencePool(LanguageModel model, long bytesMax, int leasesMax, long leasedBytesMax, Duration waitMax) {
        this.model = model;
        this.bytesMax = bytesMax;
        this.leasedBytesMax = leasedBytesMax;
        this.leasesMax = leasesMax;
        line = new RoomLine(waitMax);
        publish();
    }

    /** @throws OverloadedException if too many sequences are in use, or they leave too little room */
    @Override
    public Lease acquire(Tokens prefix, Optional<CallerId> caller, CacheNeed need) {
        if (leases.size() >= leasesMax) {
            throw new OverloadedException("all " + leasesMax + " sequences are in use; try again in a moment");
        }
        long bytes = bytesFor(need.tokens());
        if (!fits(bytes)) {
            throw new OverloadedException("the sequences in use fill the cache; try again in a moment");
        }
        Pooled lease = new Pooled(prefix, caller, need.yields(), bytes);
        Optional<Sequence> found =
                idle.take(prefix, caller, (sequence, lost) -> isToTake(sequence.cacheBytes(), lost, bytes));
        found.ifPresent(sequence -> sharedTokens += Math.min(sequence.length(), spared(prefix)));
        lease.hold(found.orElseGet(model::open));
        leases.add(lease);
        shrink();
        return lease;
    }

    /** The last token is computed in any case: what follows it is asked for. */
    private static int spared(Tokens prefix) {
        return Math.max(0, prefix.size() - 1);
    }

    /** Another chat's cache is left alone, unless there is no room for both. */
    private boolean isToTake(long bytes, int lost, long need) {
        boolean bothFit = cacheBytes() - idle.bytes() + bytes + need <= bytesMax;
        return bytes <= Math.max(need, free()) && (lost < Sharing.TOKENS_MIN || !bothFit);
    }

    @Override
    public boolean hasRoom(CacheNeed need) {
        return leases.size() < leasesMax && fits(bytesFor(need.tokens()));
    }

    @Override
    public void onRoom(Runnable changed) {
        onRoom = changed;
    }

    /** Bytes of all caches, with what may be written in the next pass. */
    public long cacheBytes() {
        return idle.bytes() + leases.stream().mapToLong(Pooled::bytes).sum();
    }

    @Override
    public void trim() {
        shrink();
        line.wakeFirst();
        wakeFollowers();
    }

    private void wakeFollowers() {
        List<Runnable> woken = List.copyOf(followers);
        followers.clear();
        woken.forEach(Runnable::run);
    }

    private List<Sharing.Holder> beside(Pooled own) {
        return Stream.concat(
                        leases.stream()
                                .filter(lease -> lease != own && lease.caller.equals(own.caller))
                                .flatMap(Pooled::holder),
                        idle.holders(own.caller))
                .toList();
    }

    @Override
    public CacheReport report() {
        return report;
    }

    private long bytesFor(int tokens) {
        return model.cacheBytes(Math.min(tokens, model.identity().contextTokens()));
    }

    private boolean fits(long bytes) {
        return line.isEmpty() && (bytes <= free() || reservedBytes() == 0);
    }

    private long free() {
        return leasedBytesMax - reservedBytes();
    }

    private long reservedBytes() {
        return leases.stream().mapToLong(lease -> lease.reserved).sum();
    }

    private void shrink() {
        boolean mayEvict = true;
        while (mayEvict && cacheBytes() > bytesMax) {
            mayEvict = idle.evict();
        }
        publish();
    }

    private void publish() {
        report = new CacheReport(
                Math.min(bytesMax, leasedBytesMax),
                model.cacheBytes(1_024),
                cacheBytes(),
                reservedBytes(),
                leases.size(),
                line.size(),
                idle.count(),
                givenUp,
                sharedTokens);
    }

    /** Younger ones that yield and are in no pass, the youngest first. */
    private List<Pooled> yielding(Pooled to) {
        return leases.stream()
                .filter(lease -> lease.yields && !lease.inPass && lease.age > to.age && lease.reserved > 0)
                .sorted(Comparator.<Pooled>comparingLong(lease -> lease.age).reversed())
                .toList();
    }

    /** Reserves more for a session, at the cost of others if need be. @return whether there was as much */
    private boolean take(Pooled lease, long bytes) {
        if (line.isBehind(lease.age)) {
            return false;
        }
        List<Pooled> younger = yielding(lease);
        long others = reservedBytes() - lease.reserved;
        long staying =
                others - younger.stream().mapToLong(each -> each.reserved).sum();
        if (staying > 0 && staying + bytes > leasedBytesMax) {
            return false;
        }
        for (Pooled each : younger) {
            if (reservedBytes() - lease.reserved + bytes > leasedBytesMax) {
                each.giveUp();
            }
        }
        lease.reserved = bytes;
        return true;
    }

    private final class Pooled implements Lease {
        private final Optional<CallerId> caller;
        private final boolean yields;

        /** Smaller is older. */
        private final long age = ++admitted;

        private @Nullable Sequence sequence;

        /** What it holds first, or will. */
        private Tokens known;

        /** Whether it computes what it lacks of that. */
        private boolean fills;

        /** How far it may grow without asking. */
        private long reserved;

        /** How far it may grow in the pass that is to come or under way. */
        private long next;

        private boolean inPass;

        private Pooled(Tokens known, Optional<CallerId> caller, boolean yields, long reserved) {
            this.known = known;
            this.caller = caller;
            this.yields = yields;
            this.reserved = reserved;
        }

        private void hold(Sequence held) {
            sequence = held;
            reserved = Math.max(reserved, held.cacheBytes());
        }

        private long bytes() {
            return sequence == null ? 0 : Math.max(next, sequence.cacheBytes());
        }

        @Override
        public Sequence sequence() {
            if (sequence == null) {
                throw new IllegalStateException("the cache was given up; reserve room for another");
            }
            return sequence;
        }

        @Override
        public boolean isHeld() {
            return sequence != null;
        }

        @Override
        public boolean reserve(int tokens, Runnable wake) {
            long bytes = model.cacheBytes(tokens);
            if (bytes > reserved && !take(this, bytes)) {
                refuseOrWait(wake);
                return false;
            }
            leaveLine();
            if (sequence == null) {
                hold(model.open());
            }
            next = bytes;
            inPass = true;
            shrink();
            return true;
        }

        private Stream<Sharing.Holder> holder() {
            return Stream.ofNullable(sequence).map(held -> new Sharing.Holder(held, known, fills, age));
        }

        @Override
        public boolean share(Tokens prefix, Runnable wake) {
            Sequence own = sequence();
            known = prefix;
            Sharing.Finding found = Sharing.find(own.length(), age, prefix, beside(this));
            if (found instanceof Sharing.Finding.Copy(Sequence from, int length)) {
                sharedTokens += length - own.length();
                idle.used(from);
                own.copyFrom(from, length);
            }
            fills = !(found instanceof Sharing.Finding.Await);
            if (!fills) {
                followers.add(wake);
            }
            publish();
            return fills;
        }

        private void refuseOrWait(Runnable wake) {
            fills = false;
            wakeFollowers();
            if (!yields) {
                throw new OverloadedException("the sequences in use leave no room to grow; try again in a moment");
            }
            try {
                line.await(age, wake);
            } catch (OverloadedException e) {
                afterLine();
                throw e;
            }
            publish();
        }

        private void leaveLine() {
            if (line.leave(age)) {
                afterLine();
            }
        }

        private void afterLine() {
            publish();
            line.wakeFirst();
            if (line.isEmpty()) {
                onRoom.run();
            }
        }

        private void giveUp() {
            if (sequence != null) {
                sequence.close();
                sequence = null;
                givenUp++;
            }
            fills = false;
            reserved = 0;
            next = 0;
        }

        @Override
        public void computed() {
            inPass = false;
        }

        @Override
        public void release(Tokens held) {
            if (!leases.remove(this)) {
                return;
            }
            if (sequence != null && held.isEmpty()) {
                sequence.close();
            } else if (sequence != null) {
                idle.add(sequence, held, caller);
            }
            sequence = null;
            line.leave(age);
            shrink();
            line.wakeFirst();
            wakeFollowers();
        }
    }
}
