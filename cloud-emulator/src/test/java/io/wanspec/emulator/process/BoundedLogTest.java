package io.wanspec.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedLogTest {
    @TempDir
    private Path folder;

    @Test
    void keeps_at_most_twice_its_size() throws Exception {
        Path file = folder.resolve("logs/target.log");
        try (BoundedLog log = new BoundedLog(file, 100)) {
            for (int i = 0; i < 1_000; i++) {
                log.line("line " + i);
            }
            assertThat(log.tail()).hasSize(20).last().isEqualTo("line 999");
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(100);
        assertThat(Files.size(folder.resolve("logs/target.log.1"))).isLessThanOrEqualTo(100);
        assertThat(Files.readString(file)).endsWith("line 999\n");
    }

    @Test
    void appends_to_what_an_earlier_run_left() throws Exception {
        Path file = folder.resolve("target.log");
        for (String run : new String[] {"one", "two"}) {
            try (BoundedLog log = new BoundedLog(file, 100)) {
                log.line(run);
            }
        }
        assertThat(file).hasContent("one\ntwo\n");
    }
}
