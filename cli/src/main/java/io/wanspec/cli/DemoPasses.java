package io.wanspec.cli;

import io.wanspec.evaluation.passes.LatePasses;
import io.wanspec.evaluation.passes.PassLog;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.Pace;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Whether the passes behind the demonstration's figures fitted their pace. What the servers do not tell is left out: nobody waits for it. */
final class DemoPasses {
    private final Cloud cloud;
    private final Pace pace;
    private @Nullable PassLog log;

    DemoPasses(Cloud cloud, Pace pace) {
        this.cloud = cloud;
        this.pace = pace;
    }

    /** Counts from now on. */
    void begin() {
        if (!pace.isPaced()) {
            return;
        }
        try {
            log = PassLog.begin(cloud);
        } catch (IOException silent) {
            // Then nothing is said of them.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Share of the passes since that took longer than the pace; absent without a pace. */
    OptionalDouble late() throws InterruptedException {
        PassLog since = log;
        if (since == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(LatePasses.share(since.end()));
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
