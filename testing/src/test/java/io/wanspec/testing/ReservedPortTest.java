package io.wanspec.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReservedPortTest {
    @Test
    void eachIsFreeAndGivenOutOnce() throws IOException {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            int port = ReservedPort.take();
            assertThat(taken.add(port)).isTrue();
            new ServerSocket(port).close();
        }
    }

    /** As one that runs at the same time. */
    @Test
    void noOtherJvmIsGivenIt() throws Exception {
        int port = ReservedPort.take();
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReservedPortTest.class.getName(),
                        ReservedPort.lock(port).toString())
                .inheritIO()
                .start();
        assertThat(other.waitFor()).isEqualTo(LOCKED);
    }

    private static final int LOCKED = 17;

    public static void main(String[] arguments) throws IOException {
        try (FileChannel lock = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            System.exit(lock.tryLock() == null ? LOCKED : 1);
        }
    }
}
