package io.wanspec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.PassLoad;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BatchedAcceleratorTest {
    private static final int ROWS_MAX = 10;

    private final VirtualTime time = new VirtualTime();
    private final BatchedAccelerator accelerator = new BatchedAccelerator(time);
    private final List<String> ends = new ArrayList<>();

    @Test
    void whatIsReadyWhenAPassBeginsSharesIt() {
        Batches target = target();
        ask(target, "a", 0, 3);
        ask(target, "b", 0, 4);
        ask(target, "c", 50_000, 2);
        ask(target, "d", 90_000, 1);
        run();
        assertThat(ends)
                .containsExactly(
                        "a 107000 PassLoad[rows=7, sessions=2, waitedMicros=0, rowMicros=1, draftRows=5]",
                        "b 107000 PassLoad[rows=7, sessions=2, waitedMicros=0, rowMicros=1, draftRows=5]",
                        "c 210000 PassLoad[rows=3, sessions=2, waitedMicros=57, rowMicros=1, draftRows=1]",
                        "d 210000 PassLoad[rows=3, sessions=2, waitedMicros=17, rowMicros=1, draftRows=1]");
        assertThat(accelerator.busyNanos()).isEqualTo(210_000);
        assertThat(target.rows()).isEqualTo(10);
    }

    /** First come first served: a small question does not overtake a large one that has to wait. */
    @Test
    void aFullPassLeavesTheRestForTheNextAndOneMoreRowCostsItsShare() {
        Batches target = target();
        ask(target, "a", 0, 6);
        ask(target, "b", 0, 5);
        ask(target, "c", 0, 1);
        run();
        assertThat(ends)
                .containsExactly(
                        "a 106000 PassLoad[rows=6, sessions=1, waitedMicros=0, rowMicros=17, draftRows=5]",
                        "b 212000 PassLoad[rows=6, sessions=2, waitedMicros=106, rowMicros=1, draftRows=4]",
                        "c 212000 PassLoad[rows=6, sessions=2, waitedMicros=106, rowMicros=1, draftRows=4]");
    }

    /** An answer, and the question that follows from it at once, lie before the next pass begins. */
    @Test
    void whoAsksAgainAtOnceIsInTheNextPass() {
        Batches target = target();
        target.run(1, (nanos, load) -> target.run(1, (again, shared) -> end("a", shared)));
        ask(target, "b", 10_000, 1);
        run();
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        "a 203000 PassLoad[rows=2, sessions=2, waitedMicros=0, rowMicros=1, draftRows=0]",
                        "b 203000 PassLoad[rows=2, sessions=2, waitedMicros=91, rowMicros=1, draftRows=0]");
    }

    @Test
    void oneAcceleratorServesWhatWasAddedFirst() {
        Batches drafts = accelerator.serve(ROWS_MAX, rows -> 10_000);
        Batches target = target();
        ask(target, "target", 0, 1);
        ask(drafts, "draft", 0, 1);
        ask(drafts, "another", 5_000, 1);
        run();
        assertThat(ends.stream().map(each -> each.substring(0, each.indexOf(" Pass"))))
                .containsExactly("draft 10000", "another 20000", "target 121000");
    }

    @Test
    void moreRowsThanAPassTakesAreRefused() {
        assertThatThrownBy(() -> target().run(ROWS_MAX + 1, (nanos, load) -> {}))
                .hasMessageContaining("1 to 10 rows");
    }

    private Batches target() {
        return accelerator.serve(ROWS_MAX, rows -> 100_000 + 1_000L * rows);
    }

    private void ask(PassServer server, String who, long at, int rows) {
        time.at(at, () -> server.run(rows, (nanos, load) -> end(who, load)));
    }

    private void end(String who, @Nullable PassLoad load) {
        ends.add(who + " " + time.now() + " " + load);
    }

    private void run() {
        while (time.step()) {
            assertThat(ends).hasSizeLessThan(100);
        }
    }
}
