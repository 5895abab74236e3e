package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.TableClient;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of a function at a table that is slow, and that refuses some calls, in virtual time: whatever else is to be
 * written, no owner loses its lease for want of a turn.
 */
final class SlowTableTest {
    private static final int SESSIONS = 64;
    private static final long STEP = Duration.ofMillis(10).toNanos();
    private static final long TIME = Duration.ofSeconds(30).toNanos();

    /** A try at a call takes no longer: then the connection ends it. */
    private static final Duration SLOWEST = Duration.ofSeconds(2);

    private final List<Long> lateNanos = new ArrayList<>();
    private int created;

    @SeededTest(tries = 40)
    void noOwnerLosesItsLease(Random random) {
        var table =
                new Slow(random, Gen.between(random, 1, (int) SLOWEST.toMillis()), Gen.between(random, 0.0, 0.6), 0);
        play(random, table, StoreSettings.WRITES_PER_SECOND_DEFAULT);

        assertThat(created).isPositive();
        assertThat(lateNanos).as("leases that ran out").isEmpty();
    }

    /** Sessions whose records cannot be begun try again and again; those that have theirs must not pay for it. */
    @SeededTest(tries = 20)
    void creationsThatFailTakeNoTurnsFromLeases(Random random) {
        var table = new Slow(random, 20, 0, 0.9);
        play(random, table, 30);

        assertThat(lateNanos).as("leases that ran out").isEmpty();
    }

    private void play(Random random, Slow table, int perSecond) {
        var queue = new WriteQueue(perSecond, TableClient.BUDGETED_CALLS_MAX);
        List<Owner> owners = IntStream.range(0, SESSIONS)
                .mapToObj(i -> new Owner(queue, table, random))
                .toList();
        for (long now = 0; now < TIME; now += STEP) {
            for (Owner owner : owners) {
                owner.step(now);
            }
        }
    }

    /** How the table answers: within so many milliseconds, and not always well. */
    private record Slow(Random random, int millisMax, double refusals, double refusedCreations) {
        long nanos() {
            return Duration.ofMillis(1 + random.nextInt(millisMax)).toNanos();
        }

        /** A renewal that is refused each time would lose any lease: twice in a row is what has to be borne. */
        boolean refuses(boolean creation, int before) {
            return creation ? random.nextDouble() < refusedCreations : before < 2 && random.nextDouble() < refusals;
        }
    }

    /** One session after the other, as {@link RecordWriter} writes them. */
    private final class Owner {
        private final WriteQueue queue;
        private final Slow table;
        private final Random random;
        private WritePace pace = new WritePace(StoreSettings.CHECKPOINT_INTERVAL_DEFAULT, 0);
        private WriteQueue.@Nullable Place place;
        private boolean calling;
        private boolean leased;
        private long startedAt;
        private long answeredAt;
        private long leaseUntil;
        private long endsAt;
        private int failures;

        Owner(WriteQueue queue, Slow table, Random random) {
            this.queue = queue;
            this.table = table;
            this.random = random;
        }

        void step(long now) {
            if (calling) {
                answer(now);
            } else if (place != null) {
                turn(place, now);
            } else if (!leased || now >= pace.nextAt(random.nextInt(4) > 0)) {
                place = leased ? queue.join(pace.renewAt(), true) : joinNew(now);
            }
        }

        private WriteQueue.@Nullable Place joinNew(long now) {
            return now < pace.nextAt(true) && failures > 0 ? null : queue.join(now, false);
        }

        private void turn(WriteQueue.Place mine, long now) {
            if (queue.take(mine, now)) {
                calling = true;
                startedAt = now;
                answeredAt = now + table.nanos();
            }
        }

        private void answer(long now) {
            WriteQueue.Place mine = place;
            if (now < answeredAt || mine == null) {
                return;
            }
            queue.done(mine);
            place = null;
            calling = false;
            if (table.refuses(!leased, failures)) {
                failures++;
                pace.failed(now, random.nextDouble());
                return;
            }
            failures = 0;
            if (leased && answeredAt > leaseUntil + Lease.SKEW_MAX.toNanos()) {
                lateNanos.add(answeredAt - leaseUntil);
            }
            written(now);
        }

        private void written(long now) {
            if (!leased) {
                created++;
                leased = true;
                endsAt = now + Duration.ofSeconds(1 + random.nextInt(30)).toNanos();
                pace = new WritePace(StoreSettings.CHECKPOINT_INTERVAL_DEFAULT, startedAt);
            } else if (now > endsAt) {
                // Its last write; the next session begins at once.
                leased = false;
            }
            pace.renewed(startedAt);
            leaseUntil = startedAt + Lease.DURATION.toNanos();
        }
    }
}
