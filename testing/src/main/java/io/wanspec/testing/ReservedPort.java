package io.wanspec.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports for programs that have to be told theirs before they start. None is given out twice while the JVM lives that took it,
 * whichever JVM of this machine asks; and none is among those that a system gives to whoever takes any.
 */
public final class ReservedPort {
    /** Linux gives out those from 32768 on by default, others begin higher. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 8_000;

    /** Kept until the JVM ends: its end frees them, however it comes. */
    private static final List<FileLock> HELD = new ArrayList<>();

    private static int taken;

    private ReservedPort() {}

    /** @return one on which nobody listens, and which nobody else takes from here */
    public static synchronized int take() throws IOException {
        // JVMs begin at different ones: they meet seldom.
        int first = (int) (ProcessHandle.current().pid() * 61 % COUNT);
        while (taken < COUNT) {
            int port = FIRST + (first + taken) % COUNT;
            taken++;
            if (isOurs(lock(port)) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("every port from " + FIRST + " on is taken");
    }

    /** The file that whoever has the port has locked. */
    static Path lock(int port) throws IOException {
        Path locks = Path.of(System.getProperty("java.io.tmpdir"), "wanspec-ports-" + System.getProperty("user.name"));
        return Files.createDirectories(locks).resolve(port + ".lock");
    }

    private static boolean isOurs(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        HELD.add(lock);
        return true;
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
