package io.wanspec.functions.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What comes back on a socket for bytes that no client library would send. */
final class RawSocket {
    private static final int TIMEOUT_MS = 60_000;

    private RawSocket() {}

    /** Everything up to the connection's end. */
    static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String request(String line, String... headers) {
        return line + "\r\nHost: localhost\r\n" + String.join("", withEnds(headers)) + "\r\n";
    }

    static String post(String version, String path, String body) {
        return request(
                        "POST " + path + " HTTP/" + version,
                        "Content-Type: application/json",
                        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
                        "Connection: close")
                + body;
    }

    private static String[] withEnds(String[] headers) {
        String[] lines = new String[headers.length];
        for (int i = 0; i < headers.length; i++) {
            lines[i] = headers[i] + "\r\n";
        }
        return lines;
    }
}
