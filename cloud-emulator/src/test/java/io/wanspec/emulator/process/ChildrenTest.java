package io.wanspec.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildrenTest {
    /** Or no child would be asked to end. */
    @Test
    void a_first_step_that_fails_keeps_nothing_from_its_turn() throws Exception {
        List<String> done = new ArrayList<>();
        var failure = new IllegalStateException("it cannot be drained");
        Thread hook = new Thread(() -> {
            Children.runEach(List.of(
                    () -> {
                        throw failure;
                    },
                    () -> done.add("second")));
            done.add("children");
        });
        List<Throwable> reported = new ArrayList<>();
        hook.setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
        hook.start();
        hook.join();

        assertThat(done).containsExactly("second", "children");
        assertThat(reported).containsExactly(failure);
    }
}
