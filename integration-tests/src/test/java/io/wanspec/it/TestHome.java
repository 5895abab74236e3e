package io.wanspec.it;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The WANSPEC_HOME of the tests of this JVM: of the clouds that run in one home, commands find the last, so each of the build's test
 * JVMs has its own. What takes long to unpack is kept between runs and shared: the engine, and the AWS emulator of all modules.
 */
final class TestHome {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("wanspec-home-" + System.getProperty("wanspec.fork", "1"));

    private TestHome() {}

    /** The folder. */
    static synchronized Path folder() throws IOException {
        Files.createDirectories(FOLDER);
        link("aws-emulator", SharedAwsEmulator.program().site().resolveSibling(""));
        link("engine", Files.createDirectories(TARGET.resolve("engine")));
        return FOLDER;
    }

    private static void link(String name, Path shared) throws IOException {
        Path link = FOLDER.resolve(name);
        if (!Files.exists(link)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, shared);
        }
    }
}
