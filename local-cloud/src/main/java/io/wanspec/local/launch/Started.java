package io.wanspec.local.launch;

import io.wanspec.local.process.StartException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What was started in another thread. */
final class Started {
    private Started() {}

    /** Waits for it; what kept it from starting is thrown as it is. */
    static <T> T result(Future<T> started) throws StartException, InterruptedException {
        try {
            return started.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException why) {
                throw why;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
