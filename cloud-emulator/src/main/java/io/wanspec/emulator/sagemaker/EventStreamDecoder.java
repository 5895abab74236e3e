package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.Message;

/**
 * Cuts a client's bytes into event-stream messages and checks their checksums. A message over the limit is refused by its
 * announced length, before it is buffered.
 */
final class EventStreamDecoder {
    /** Prelude, checksums and the headers of both layers: a signed envelope around an event. */
    private static final int ENVELOPE_BYTES = 4096;

    private static final int MESSAGE_BYTES_MIN = 16;

    private final int messageBytesMax;
    private final ByteBuf held = Unpooled.buffer(4096);

    /** The bytes are no event stream, or a message is too large. */
    static final class Malformed extends Exception {
        Malformed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    EventStreamDecoder(int payloadBytesMax) {
        this.messageBytesMax = payloadBytesMax + ENVELOPE_BYTES;
    }

    /** Takes bytes in; does not release them. */
    void feed(ByteBuf bytes) {
        held.writeBytes(bytes);
    }

    /** @return the next whole message, or null until more bytes come */
    @Nullable
    Message next() throws Malformed {
        if (held.readableBytes() < Integer.BYTES) {
            return null;
        }
        int length = held.getInt(held.readerIndex());
        if (length < MESSAGE_BYTES_MIN || length > messageBytesMax) {
            throw new Malformed("an event of " + Integer.toUnsignedLong(length) + " bytes", null);
        }
        if (held.readableBytes() < length) {
            return null;
        }
        byte[] bytes = new byte[length];
        held.readBytes(bytes);
        held.discardSomeReadBytes();
        return decode(bytes);
    }

    /** The event inside a signed envelope, or null for the empty envelope that ends the client's stream. */
    static @Nullable Message unwrap(Message envelope) throws Malformed {
        byte[] inner = envelope.getPayload();
        return inner.length == 0 ? null : decode(inner);
    }

    private static Message decode(byte[] bytes) throws Malformed {
        try {
            return Message.decode(ByteBuffer.wrap(bytes));
        } catch (RuntimeException e) {
            throw new Malformed("not an event stream", e);
        }
    }
}
