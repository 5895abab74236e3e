package io.wanspec.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    /** More than systems give. */
    private static final String NOBODY = "999999999999";

    @TempDir
    private Path temporary = Path.of(".");

    @Test
    void itGoesWithAllThatIsInIt() throws IOException {
        Path path;
        try (WorkFolder folder = WorkFolder.make(temporary)) {
            path = folder.path();
            Files.createDirectory(path.resolve("assets"));
            Files.writeString(path.resolve("assets").resolve("a.zip"), "zip");
        }
        assertThat(path).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNext() throws IOException {
        Path left = Files.createDirectory(temporary.resolve("wanspec-deploy-" + NOBODY + "-17"));
        Files.writeString(left.resolve("a.zip"), "zip");
        Path others = Files.createDirectory(temporary.resolve("wanspec-deploy-notes"));
        Path running = Files.createDirectory(
                temporary.resolve("wanspec-deploy-" + ProcessHandle.current().pid() + "-17"));
        WorkFolder.make(temporary).close();
        assertThat(temporary).isDirectoryNotContaining(left::equals);
        assertThat(others).exists();
        assertThat(running).exists();
    }
}
