package io.wanspec.emulator.aws;

import java.io.IOException;
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

    private FreePort() {}

    /** A port on loopback that was free a moment ago. */
    public static int choose() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one, then.
            }
        }
    }
}
