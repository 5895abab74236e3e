package io.wanspec.it.crash;

import io.wanspec.it.http.ApiClient;
import io.wanspec.local.api.ApiSpec;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.ServerProcess;
import io.wanspec.local.process.ServerSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A function as a process of its own, and a client that speaks to it. */
final class FunctionProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int END_POLLS_MAX = 3_000;
    private static final Path HOME = Path.of("target", "crash-home").toAbsolutePath();

    private final ServerProcess process;
    private final ApiClient api;

    private FunctionProcess(ServerProcess process) {
        this.process = process;
        this.api = new ApiClient(process.uri(), Optional.empty());
    }

    /** Without an archive of classes: Java never replaces one of other jars. */
    static void forgetClasses() throws IOException {
        Path classes = new WanspecHome(HOME).classes();
        Files.createDirectories(classes);
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(classes)) {
            for (Path archive : archives) {
                Files.delete(archive);
            }
        }
    }

    static FunctionProcess start(CrashRegions regions) throws Exception {
        return start(regions, Optional.empty());
    }

    /** @param crashAt where it is to halt by itself, as {@code wanspec.crash.at} says it */
    static FunctionProcess start(CrashRegions regions, Optional<String> crashAt) throws Exception {
        ServerSpec spec = ApiSpec.of(new WanspecHome(HOME), regions.properties());
        var cheap = new ServerSpec(
                spec.name(), command(spec.command(), crashAt), spec.environment(), spec.log(), spec.answersPing());
        return new FunctionProcess(ServerProcess.start(cheap, START_LIMIT, (dead, exitCode) -> {}));
    }

    /** As the local cloud starts it, but from jars, of which Java keeps an archive, and without the second compiler: it lives briefly. */
    private static List<String> command(List<String> usual, Optional<String> crashAt) throws IOException {
        List<String> command = new ArrayList<>(usual);
        int classpath = command.indexOf("-cp") + 1;
        command.set(classpath, JarPath.of(command.get(classpath), HOME.resolve("lib")));
        command.add(classpath - 1, "-XX:TieredStopAtLevel=1");
        crashAt.ifPresent(at -> command.add(classpath - 1, "-Dwanspec.crash.at=" + at));
        return command;
    }

    ApiClient api() {
        return api;
    }

    /** As a crash would: nothing is said or written any more. */
    void kill() throws InterruptedException {
        process.kill();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends in its own time, which it may need to write its archive of classes. */
    void end() throws Exception {
        signal("TERM");
        for (int i = 0; process.isAlive() && i < END_POLLS_MAX; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
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
