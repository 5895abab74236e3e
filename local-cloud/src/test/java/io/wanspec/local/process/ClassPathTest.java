package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassPathTest {
    @Test
    void foldersComeBehindLibrariesAndNothingElseIsMoved(@TempDir Path folder) throws Exception {
        String classes = Files.createDirectory(folder.resolve("classes")).toString();
        String more = Files.createDirectory(folder.resolve("more")).toString();
        assertThat(ClassPath.librariesFirst(String.join(File.pathSeparator, classes, "b.jar", more, "a.jar")))
                .isEqualTo(String.join(File.pathSeparator, "b.jar", "a.jar", classes, more));
    }
}
