package io.wanspec.simulator.trace;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a trace, request by request. It stands under its name only once it is {@link #finish finished}: until then it lies
 * beside it with the ending {@code .part}, which {@link #close} removes.
 */
public final class TraceWriter implements Closeable {
    private final Path file;
    private final Path part;
    private final BufferedWriter out;
    private int requests;

    private TraceWriter(Path file, Path part, BufferedWriter out) {
        this.file = file;
        this.part = part;
        this.out = out;
    }

    /**
     * @param file replaced if it is there already
     * @throws IOException if nothing can be written there
     */
    public static TraceWriter open(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        // Nobody closes a writer when a signal ends the process.
        part.toFile().deleteOnExit();
        return new TraceWriter(file, part, Files.newBufferedWriter(part));
    }

    /** Before any request, once. */
    public void write(TraceHeader header) throws IOException {
        line(TraceCodec.encode(header));
    }

    public void write(TraceRequest request) throws IOException {
        line(TraceCodec.encode(request));
        requests++;
    }

    /** All requests are written. */
    public void finish() throws IOException {
        if (requests == 0) {
            throw new IllegalStateException("a trace needs at least one request");
        }
        out.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }

    private void line(String json) throws IOException {
        out.write(json);
        out.write('\n');
    }
}
