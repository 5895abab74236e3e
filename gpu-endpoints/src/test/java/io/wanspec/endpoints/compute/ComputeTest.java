package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.twin.HashModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fairness, bounds and failures of the compute thread. */
@Timeout(180)
class ComputeTest {
    private static final int CONTEXT = 1_000;
    private static final int MANY = 100;

    private final HashModel model = HashModel.endless(CONTEXT);
    private final Engine engine = new Engine(model, new SequencePool(model, 1 << 20, 1), MinimumPassTime.none());
    private final List<String> passes = new CopyOnWriteArrayList<>();
    private final List<PassTime> times = new CopyOnWriteArrayList<>();

    @Test
    void jobsAlternateWhereAPassHoldsOne() {
        run(1, new Job("a", 3, 1), new Job("b", 3, 1));
        assertThat(passes).containsExactly("a/1", "b/1", "a/1", "b/1", "a/1", "b/1");
    }

    @Test
    void jobsThatAreReadyShareAPass() {
        run(MANY, new Job("a", 2, 1), new Job("b", 3, 5), new Job("c", 1, 9));
        assertThat(passes).containsExactly("a/3", "b/3", "c/3", "a/2", "b/2", "b/1");
    }

    @Test
    void whoFindsNoRoomIsFirstInTheNextPass() {
        run(4, new Job("a", 2, 3), new Job("b", 2, 3), new Job("c", 3, 1));
        assertThat(passes).containsExactly("a/2", "c/2", "b/2", "c/2", "a/2", "c/2", "b/1");
    }

    @Test
    void aPartThatIsLargerThanAPassHasItToItself() {
        run(4, new Job("a", 1, 1), new Job("large", 2, 9), new Job("b", 2, 1));
        assertThat(passes).containsExactly("a/2", "b/2", "large/1", "b/1", "large/1");
    }

    /** Prompts take turns, and leave room for those who are further on. */
    @Test
    void promptsTakeAPartOfAPassOnly() {
        int most = Engine.PREFILL_TOKENS_MAX;
        run(
                Compute.ROWS_MAX,
                new Job("p", 2, most, true),
                new Job("q", 1, most, true),
                new Job("a", 2, 30),
                new Job("b", 2, 30));
        assertThat(passes).containsExactly("p/3", "a/3", "b/3", "q/3", "a/3", "b/3", "p/1");
    }

    /** One more row would have kept somebody else for another pass. */
    @Test
    void aRowOfAFullPassCostsItsShareOfIt() {
        run(4, new Job("a", 2, 3), new Job("b", 2, 3));
        assertThat(passes).containsExactly("a/1", "b/1", "a/1", "b/1");
        assertThat(times.subList(0, 3))
                .allSatisfy(each -> assertThat(each.rowNanos()).isPositive().isEqualTo(each.nanos() / 3));
        assertThat(times.getLast().rowNanos()).isZero();
    }

    /** A prompt that waits for its turn among prompts waits for no row. */
    @Test
    void aPassWithRoomForRowsIsNotFull() {
        int most = Engine.PREFILL_TOKENS_MAX;
        run(Compute.ROWS_MAX, new Job("p", 1, most, true), new Job("q", 1, most, true), new Job("a", 1, 1));
        assertThat(passes).containsExactly("p/2", "a/2", "q/1");
        assertThat(times).allSatisfy(each -> assertThat(each.rowNanos()).isZero());
    }

    @Test
    void workBeyondTheLimitIsRefusedButNotWhatIsQueuedAlready() {
        CountDownLatch go = new CountDownLatch(1);
        try (Compute compute = Compute.start(2)) {
            assertThat(compute.submit(new Job("first", 1, 1, false, go))).isTrue();
            Job second = new Job("second", 1, 1);
            assertThat(compute.submit(second)).isTrue();
            assertThat(compute.submit(second)).isTrue();
            assertThat(compute.submit(new Job("third", 1, 1))).isFalse();
            compute.submitAnyway(new Job("freeing", 1, 1));
            go.countDown();
        }
        assertThat(passes)
                .map(pass -> pass.substring(0, pass.indexOf('/')))
                .containsExactly("first", "second", "freeing");
    }

    @Test
    void aFailureEndsItsJobOnly() {
        run(MANY, new Job("a", 2, 1), new Job("bad", 2, 0), new Job("worse", -1, 1), new Job("b", 2, 1));
        assertThat(passes).containsExactly("worse failed", "a/3", "bad failed", "b/3", "a/2", "b/2");
    }

    @Test
    void aPassWaitsForAPeerOfTheLastOne() throws InterruptedException {
        Answers pause = new Answers(TimeUnit.MINUTES.toNanos(1));
        runWithAPeer(pause, true);
        assertThat(passes).containsExactly("peer/2", "a/2", "a/2", "peer/2");
        assertThat(pause.came).containsExactly(1);
    }

    @Test
    void aPeerThatStaysAwayIsNotWaitedForAnyLonger() throws InterruptedException {
        Answers pause = new Answers(1);
        runWithAPeer(pause, false);
        assertThat(passes).containsExactly("peer/2", "a/2", "a/1", "peer/1");
        assertThat(pause.came).containsExactly(0);
    }

    /** It took part in the first pass, and not in the one before it rests. */
    @Test
    void whoWasNotInTheLastPassIsNotWaitedFor() {
        Answers pause = new Answers(1);
        CountDownLatch go = new CountDownLatch(1);
        Job busy = new Job("busy", 1, 1);
        busy.goesOn = true;
        AtomicInteger again = new AtomicInteger(2);
        try (Compute compute = Compute.start(Compute.QUEUED_MAX, MANY, pause)) {
            busy.whenAsked = () -> {
                if (busy.left.get() == 0 && again.getAndDecrement() > 0) {
                    compute.submit(busy);
                }
            };
            compute.submit(new Job("gate", 0, 1, false, go));
            compute.submit(busy);
            compute.submit(new Job("a", 3, 1));
            go.countDown();
        }
        assertThat(passes).containsExactly("busy/2", "a/2", "a/1", "a/1");
        assertThat(pause.came).isEmpty();
    }

    /** Two share a pass; then one of them rests until its peer answers: when the next pass waits, or once that is over. */
    private void runWithAPeer(Answers pause, boolean inTime) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Job a = new Job("a", 2, 1);
        Job peer = new Job("peer", 1, 1);
        peer.goesOn = true;
        try (Compute compute = Compute.start(Compute.QUEUED_MAX, MANY, pause)) {
            Runnable answer = () -> {
                peer.left.set(1);
                compute.submit(peer);
            };
            pause.asked = () -> {
                if (inTime) {
                    Thread.startVirtualThread(answer);
                }
            };
            a.atEnd = ended::countDown;
            compute.submit(new Job("gate", 0, 1, false, go));
            compute.submit(peer);
            compute.submit(a);
            go.countDown();
            ended.await();
            if (!inTime) {
                answer.run();
            }
        }
    }

    /** A pause of one length, which says when it begins and notes what came of it. */
    private static final class Answers implements Pause {
        private final long nanos;
        private final List<Integer> came = new CopyOnWriteArrayList<>();
        private volatile Runnable asked = () -> {};

        Answers(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public long nanos(long lastPassNanos, long sinceNanos, int ready, int away) {
            asked.run();
            return nanos;
        }

        @Override
        public void took(int away, int back) {
            came.add(back);
        }
    }

    /** Such as freeing caches, which a pass does at its end. */
    @Test
    void aFailureOutsideOfThePartsEndsItsPassAndNoOther() {
        Job unlucky = new Job("unlucky", 1, 1);
        unlucky.on = new Engine(model, new FailingTrim(), MinimumPassTime.none());
        run(MANY, unlucky, new Job("b", 1, 1));
        assertThat(passes).containsExactly("unlucky failed", "b/1");
    }

    private static final class FailingTrim implements Sequences {
        @Override
        public Lease acquire(Tokens prefix, Optional<CallerId> caller, CacheNeed need) {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public void trim() {
            throw new IllegalStateException("expected by the test");
        }
    }

    /** All jobs are queued before the first of them is asked. */
    private void run(int rowsMax, Job... jobs) {
        CountDownLatch go = new CountDownLatch(1);
        try (Compute compute = Compute.start(Compute.QUEUED_MAX, rowsMax, new PauseThatPays())) {
            compute.submit(new Job("gate", 0, 1, false, go));
            for (Job job : jobs) {
                compute.submit(job);
            }
            go.countDown();
        }
    }

    /** Wants a number of passes, and notes for each how many shared it. */
    private final class Job implements PassJob {
        private final String name;
        private final SequencePassOf part;
        private final @Nullable CountDownLatch gate;
        private boolean goesOn;
        private Engine on = engine;
        private final AtomicInteger left;
        private volatile Runnable atEnd = () -> {};
        private volatile Runnable whenAsked = () -> {};
        private @Nullable Sequence sequence;

        Job(String name, int count, int rows) {
            this(name, count, rows, false);
        }

        Job(String name, int count, int rows, boolean isFill) {
            this(name, count, rows, isFill, null);
        }

        Job(String name, int count, int rows, boolean isFill, @Nullable CountDownLatch gate) {
            this.name = name;
            left = new AtomicInteger(count);
            this.gate = gate;
            Tokens tokens = Tokens.of(IntStream.range(0, rows).map(i -> 1).toArray());
            part = of -> new SequencePass.Append(of, tokens, isFill ? 0 : rows);
        }

        @Override
        public @Nullable PassRequest next() {
            if (gate != null) {
                await(gate);
            }
            whenAsked.run();
            if (left.get() < 0) {
                throw new IllegalStateException("expected by the test");
            }
            Sequence own = sequence;
            if (own == null) {
                own = model.open();
                sequence = own;
            }
            return left.get() == 0 ? null : new PassRequest(on, part.of(own));
        }

        private static void await(CountDownLatch gate) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void computed(Pass pass, PassTime time) {
            passes.add(name + "/" + time.sequences());
            times.add(time);
            if (left.decrementAndGet() == 0) {
                atEnd.run();
            }
        }

        @Override
        public boolean isOver() {
            return left.get() == 0 && !goesOn;
        }

        @Override
        public void onFailure(Throwable failure) {
            passes.add(name + " failed");
            left.set(0);
        }
    }

    private interface SequencePassOf {
        SequencePass of(Sequence sequence);
    }
}
