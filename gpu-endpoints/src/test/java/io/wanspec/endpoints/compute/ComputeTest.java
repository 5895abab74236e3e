package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fairness, bounds and failures of the compute thread. */
@Timeout(180)
class ComputeTest {
    private final List<String> passes = new CopyOnWriteArrayList<>();

    @Test
    void jobsAlternatePassByPass() {
        CountDownLatch go = new CountDownLatch(1);
        try (Compute compute = Compute.start()) {
            compute.submit(new Job("gate", 1, go));
            compute.submit(new Job("a", 3, null));
            compute.submit(new Job("b", 3, null));
            go.countDown();
        }
        assertThat(passes).containsExactly("gate", "a", "b", "a", "b", "a", "b");
    }

    @Test
    void workBeyondTheLimitIsRefusedButNotWhatIsQueuedAlready() {
        CountDownLatch go = new CountDownLatch(1);
        try (Compute compute = Compute.start(2)) {
            Job first = new Job("first", 1, go);
            assertThat(compute.submit(first)).isTrue();
            Job second = new Job("second", 1, null);
            assertThat(compute.submit(second)).isTrue();
            assertThat(compute.submit(second)).isTrue();
            assertThat(compute.submit(new Job("third", 1, null))).isFalse();
            compute.submitAnyway(new Job("freeing", 1, null));
            go.countDown();
        }
        assertThat(passes).contains("first", "second", "freeing").doesNotContain("third");
    }

    @Test
    void aFailureEndsItsJobOnly() {
        try (Compute compute = Compute.start()) {
            compute.submit(new Job("bad", -1, null));
            compute.submit(new Job("good", 1, null));
        }
        assertThat(passes).contains("bad failed", "good");
    }

    /** Runs a number of passes, the first of them behind a gate. */
    private final class Job implements PassJob {
        private final String name;
        private final @Nullable CountDownLatch gate;
        private int left;

        Job(String name, int count, @Nullable CountDownLatch gate) {
            this.name = name;
            this.left = count;
            this.gate = gate;
        }

        @Override
        public boolean runOnePass() {
            if (left < 0) {
                throw new IllegalStateException("expected by the test");
            }
            if (gate != null) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            passes.add(name);
            return --left > 0;
        }

        @Override
        public void onFailure(Throwable failure) {
            passes.add(name + " failed");
        }
    }
}
