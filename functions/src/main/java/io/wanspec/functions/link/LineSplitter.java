package io.wanspec.functions.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines, wherever the parts of the stream begin and end. */
final class LineSplitter {
    private static final int LINE_BYTES_MAX = 1 << 20;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    /** @throws IllegalArgumentException if a line is too long */
    void take(byte[] part) {
        int from = 0;
        for (int i = 0; i < part.length; i++) {
            if (part[i] == '\n') {
                line.write(part, from, i - from);
                flush();
                from = i + 1;
            }
        }
        line.write(part, from, part.length - from);
        if (line.size() > LINE_BYTES_MAX) {
            throw new IllegalArgumentException("a line of the stream exceeds " + LINE_BYTES_MAX + " bytes");
        }
    }

    /** Ends the last line, which need not have a line feed. */
    void flush() {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (!new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            lines.accept(bytes);
        }
    }
}
