package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A read-only little-endian file in memory; a read beyond its end is a {@link ModelLoadException}. */
final class MappedFile implements AutoCloseable {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    MappedFile(Path path) {
        this.path = path;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            arena.close();
            throw new ModelLoadException("cannot read the weights " + path + ": " + e.getMessage(), e);
        }
    }

    long size() {
        return segment.byteSize();
    }

    byte byteAt(long at) {
        return segment.get(ValueLayout.JAVA_BYTE, checked(at, 1));
    }

    int unsignedAt(long at) {
        return Byte.toUnsignedInt(byteAt(at));
    }

    short shortAt(long at) {
        return segment.get(SHORT, checked(at, 2));
    }

    int intAt(long at) {
        return segment.get(INT, checked(at, 4));
    }

    float floatAt(long at) {
        return Float.intBitsToFloat(intAt(at));
    }

    long longAt(long at) {
        return segment.get(LONG, checked(at, 8));
    }

    /** A copy; far quicker to decode than the mapped bytes one by one. */
    byte[] bytesAt(long at, long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw malformed("a tensor of " + bytes + " bytes");
        }
        return segment.asSlice(checked(at, bytes), bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    boolean isSame(long one, long other, long bytes) {
        return segment.asSlice(checked(one, bytes), bytes).mismatch(segment.asSlice(checked(other, bytes), bytes)) < 0;
    }

    String textAt(long at, long bytes) {
        if (bytes > 1 << 28) {
            throw malformed("a text of " + bytes + " bytes");
        }
        return new String(
                segment.asSlice(checked(at, bytes), bytes).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    ModelLoadException malformed(String detail) {
        return new ModelLoadException("the weights " + path + " are damaged or of an unknown form: " + detail);
    }

    private long checked(long at, long bytes) {
        if (at < 0 || bytes < 0 || at > segment.byteSize() - bytes) {
            throw malformed("it ends too early");
        }
        return at;
    }

    @Override
    public void close() {
        arena.close();
    }
}
