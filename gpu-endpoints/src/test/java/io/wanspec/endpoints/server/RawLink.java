package io.wanspec.endpoints.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket client that keeps no rules: it writes frames of any size as one, and goes on when it should stop. */
final class RawLink implements AutoCloseable {
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** What came: a frame's opcode and payload. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    RawLink(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Upgrades; what is written next is WebSocket. */
    void upgrade() throws IOException {
        write("GET " + HttpHandler.STREAM_PATH + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        if (!head().contains(" 101 ")) {
            throw new IOException("no upgrade");
        }
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** One unfragmented text frame; its mask is zero, which is one that the protocol allows. */
    void sendText(byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | TEXT);
        writeLength(frame, payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    /** In as few bytes as it takes: the protocol forbids more. */
    private static void writeLength(ByteArrayOutputStream frame, int length) {
        int bytes = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
        frame.write(MASKED | (bytes == 0 ? length : bytes == 2 ? 126 : 127));
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            frame.write((int) ((long) length >>> shift));
        }
    }

    /** Status line and headers of a reply. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    Received receive() throws IOException {
        int opcode = in.readUnsignedByte() & 0xF;
        int size = in.readUnsignedByte();
        if (size == 126) {
            size = in.readUnsignedShort();
        }
        byte[] payload = new byte[size];
        in.readFully(payload);
        return new Received(opcode, payload);
    }

    static byte[] filler(int bytes) {
        byte[] filler = new byte[bytes];
        Arrays.fill(filler, (byte) 'x');
        return filler;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
