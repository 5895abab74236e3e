package io.wanspec.it;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The WANSPEC_HOME of these tests. Kept between runs, because unpacking the engine takes half a minute. */
final class TestHome {
    private static final Path FOLDER = Path.of("target", "wanspec-home").toAbsolutePath();

    private TestHome() {}

    /** The folder, with the AWS emulator that all modules' tests share. */
    static synchronized Path folder() throws IOException {
        Path link = Files.createDirectories(FOLDER).resolve("aws-emulator");
        Path shared = SharedAwsEmulator.program().site().getParent();
        if (!Files.exists(link)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, shared);
        }
        return FOLDER;
    }
}
