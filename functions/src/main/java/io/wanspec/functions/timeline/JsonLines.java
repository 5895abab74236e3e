package io.wanspec.functions.timeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Lines of events as one text, and as what is kept of it. */
final class JsonLines {
    /** Of a compressed log. */
    static final int KEPT_BYTES_MAX = 64 * 1024;

    private static final String FRAME = "{\"type\":\"frame\"";

    private JsonLines() {}

    static byte[] joined(List<byte[]> lines) {
        var out = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            out.writeBytes(line);
            out.write('\n');
        }
        return out.toByteArray();
    }

    /** Compressed; without its frames where it is too long with them, empty where it is too long without them. */
    static Optional<byte[]> compressed(List<byte[]> lines) {
        return fitting(lines)
                .or(() -> fitting(lines.stream().filter(line -> !isFrame(line)).toList()));
    }

    private static Optional<byte[]> fitting(List<byte[]> lines) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(joined(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size() <= KEPT_BYTES_MAX ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    private static boolean isFrame(byte[] line) {
        return new String(line, 0, Math.min(line.length, FRAME.length()), StandardCharsets.UTF_8).equals(FRAME);
    }

    static byte[] expanded(byte[] compressed) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return zip.readNBytes(TimelineLog.BYTES_MAX * 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
