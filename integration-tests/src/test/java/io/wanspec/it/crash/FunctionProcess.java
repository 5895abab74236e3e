package io.wanspec.it.crash;

import io.wanspec.it.http.ApiClient;
import io.wanspec.local.api.ApiSpec;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A function as a process of its own, and a client that speaks to it. */
final class FunctionProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ServerProcess process;
    private final ApiClient api;

    private FunctionProcess(ServerProcess process) {
        this.process = process;
        this.api = new ApiClient(process.uri(), Optional.empty());
    }

    static FunctionProcess start(CrashRegions regions) throws Exception {
        WanspecHome home = new WanspecHome(Path.of("target", "crash-home").toAbsolutePath());
        return new FunctionProcess(
                ServerProcess.start(ApiSpec.of(home, regions.properties()), START_LIMIT, (dead, exitCode) -> {}));
    }

    ApiClient api() {
        return api;
    }

    /** As a crash would: nothing is said or written any more. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** The platform freezes it: it stands still wherever it is. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill -" + name + " answered " + exit);
        }
    }

    @Override
    public void close() {
        api.close();
        process.close();
    }
}
