package io.wanspec.emulator.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that must be told one. It lies below those that Linux gives to outgoing connections: one of these could take it
 * before the program does, or while it is started again.
 */
public final class FreePort {
    private static final int FIRST = 15_000;
    private static final int BEHIND_LAST = 32_000;

    /** Where so many in a row cannot be had, none can: their numbers are not what is wrong. */
    private static final int TRIES = 1_000;

    private FreePort() {}

    /**
     * A port on loopback that was free a moment ago.
     *
     * @throws UncheckedIOException if there is none to be had; it says why
     */
    public static int choose() {
        return choose(FreePort::bound);
    }

    /** Takes a port for a moment. */
    interface Try {
        int bound(int port) throws IOException;
    }

    static int choose(Try attempt) {
        for (int i = 1; true; i++) {
            try {
                return attempt.bound(ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST));
            } catch (IOException taken) {
                if (i == TRIES) {
                    throw new UncheckedIOException("no port of " + TRIES + " is free", taken);
                }
            }
        }
    }

    private static int bound(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
