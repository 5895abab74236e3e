package io.wanspec.emulator.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A log file that keeps at most twice {@code bytesMax}: when full it becomes {@code NAME.1}, and a new one begins. */
public final class BoundedLog implements AutoCloseable {
    private static final int TAIL_LINES = 20;

    private final Path file;
    private final long bytesMax;
    private final Deque<String> tail = new ArrayDeque<>();
    private OutputStream out;
    private long bytes;

    /** Appends to {@code file}. */
    public BoundedLog(Path file, long bytesMax) throws IOException {
        this.file = file;
        this.bytesMax = bytesMax;
        Files.createDirectories(file.toAbsolutePath().getParent());
        this.out = append();
        this.bytes = Files.size(file);
    }

    public Path file() {
        return file;
    }

    /** Writes one line, at once. */
    public synchronized void line(String text) throws IOException {
        byte[] encoded = (text + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes > 0 && bytes + encoded.length > bytesMax) {
            rotate();
        }
        out.write(encoded);
        out.flush();
        bytes += encoded.length;
        tail.addLast(text);
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
    }

    /** The last lines written by this object, oldest first. */
    public synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        out = append();
        bytes = 0;
    }

    private OutputStream append() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
