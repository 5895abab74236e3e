package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of classes go with their libraries. */
final class ClassArchiveTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void otherLibrariesAreAnotherArchive() throws Exception {
        Path one = Files.writeString(folder.resolve("one.jar"), "1");
        Path two = Files.writeString(folder.resolve("two.jar"), "2");
        Path first = archiveOf(one + File.pathSeparator + two);
        assertThat(archiveOf(one + File.pathSeparator + two)).isEqualTo(first);

        Files.writeString(two, "22");

        Path changed = archiveOf(one + File.pathSeparator + two);
        assertThat(changed).isNotEqualTo(first);
        assertThat(archiveOf(one.toString())).isNotEqualTo(changed);
    }

    private Path archiveOf(String classpath) {
        return new ClassArchive(folder, "server", classpath).file();
    }

    @Test
    void whoeverWritesOneRemovesThoseThatFitNoMore() throws Exception {
        var archive = new ClassArchive(folder, "server", "one.jar");
        Path mine = Files.writeString(archive.file(), "");
        Path old = Files.writeString(folder.resolve("server-1234.jsa"), "");
        Path others = Files.writeString(folder.resolve("api-1234.jsa"), "");

        assertThat(ClassArchive.isWrittenBy(archive.used())).isFalse();
        assertThat(old).exists();
        List<String> flags = archive.written();

        assertThat(ClassArchive.isWrittenBy(flags)).isTrue();
        assertThat(flags).contains("-XX:SharedArchiveFile=" + mine);
        assertThat(old).doesNotExist();
        assertThat(mine).exists();
        assertThat(others).exists();
    }
}
