package io.wanspec.emulator.aws;

import io.wanspec.emulator.pip.FetchProgress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One emulator for all tests of a JVM, started when the first asks, ended with the JVM. Tests keep apart by names of their own
 * ({@link #freshName}). It is installed once for all modules, in {@code WANSPEC_HOME} or else the checkout's {@code target}; where
 * it cannot be had, tests fail and say why.
 */
public final class SharedAwsEmulator {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static @Nullable AwsEmulator running;

    private SharedAwsEmulator() {}

    /** The endpoint override for clients of every service. */
    public static synchronized URI endpoint() {
        if (running == null || !running.isAlive()) {
            running = start();
        }
        return running.endpoint();
    }

    /** For a test that starts emulators of its own. */
    public static AwsProgram program() {
        try {
            return store().require(FetchProgress.NONE);
        } catch (AwsEmulatorException e) {
            throw new IllegalStateException(e.sentence(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The place of the installation that all tests share. */
    public static AwsEmulatorStore store() {
        return AwsEmulatorStore.at(folder(), System.getenv());
    }

    /** The name of a table, queue or function that no other test has. */
    public static String freshName(String what) {
        return what + "-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    private static AwsEmulator start() {
        try {
            Path log = folder().resolve("logs")
                    .resolve("tests-" + ProcessHandle.current().pid() + ".log");
            return AwsEmulator.start(program(), 0, log);
        } catch (AwsEmulatorException e) {
            throw new IllegalStateException(e.sentence(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        return folder(System.getenv(), Path.of("").toAbsolutePath());
    }

    static Path folder(Map<String, String> environment, Path current) {
        String home = environment.getOrDefault("WANSPEC_HOME", "");
        return (home.isBlank() ? checkout(current).resolve("target") : Path.of(home)).resolve("aws-emulator");
    }

    /** Surefire runs the tests of a module in its folder. */
    private static Path checkout(Path current) {
        return Stream.iterate(current, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("ARCHITECTURE.md")))
                .findFirst()
                .orElse(current);
    }
}
