package io.wanspec.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SteadyThreadTest {
    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch fifth = new CountDownLatch(1);

    @Test
    void aTurnThatFailsIsFollowedByOthersAndTold() throws Exception {
        try (var steady = SteadyThread.start("flaky", () -> {
            turn();
            if (turns.get() <= 2) {
                throw new IOException("a connection broke");
            }
        })) {
            fifth.await();
            assertThat(steady.failures()).isEqualTo(2);
        }
    }

    @Test
    void whatMustNotBeIsThrownAtTheEnd() throws Exception {
        var steady = SteadyThread.start("wrong", () -> {
            turn();
            if (turns.get() == 1) {
                throw new IOException("a connection broke");
            }
            if (turns.get() == 2) {
                throw new AssertionError("two of them");
            }
        });
        fifth.await();
        assertThatThrownBy(steady::close).isInstanceOf(AssertionError.class).hasMessage("two of them");
    }

    @Test
    void anErrorEndsItAndIsThrownAtTheEnd() throws Exception {
        var steady = SteadyThread.start("broken", () -> {
            turn();
            if (turns.get() == 5) {
                throw new NoClassDefFoundError("the one that is missing");
            }
        });
        fifth.await();
        assertThatThrownBy(steady::close)
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessage("the one that is missing");
        assertThat(turns).hasValue(5);
        assertThat(steady.failures()).isEqualTo(1);
    }

    private void turn() throws InterruptedException {
        Thread.sleep(1);
        if (turns.incrementAndGet() == 5) {
            fifth.countDown();
        }
    }
}
