package io.wanspec.emulator.wan;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.wanspec.emulator.net.Sends;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * One direction of one connection: holds what it is given until it is due, then writes it to the far side. Everything runs
 * on the event loop of the connection.
 */
final class DelayLine {
    private final Channel from;
    private final SocketChannel to;
    private final WanState wan;
    private final LongAdder delivered;
    private final SplittableRandom random;
    private final Deque<Held> held = new ArrayDeque<>();
    private long heldBytes;
    private long lastDueNanos;
    private long lineFreeNanos;
    private boolean timerSet;
    private boolean closed;

    /** A piece of data, or the end of the data where {@code bytes} is empty and {@code end} says which end. */
    private record Held(long dueNanos, ByteBuf bytes, End end) {}

    /** What comes after the data of an entry. */
    enum End {
        NONE,
        /** The sender has closed its half. */
        HALF,
        /** The sender's connection is gone. */
        WHOLE
    }

    DelayLine(Channel from, SocketChannel to, WanState wan, LongAdder delivered, SplittableRandom random) {
        this.from = from;
        this.to = to;
        this.wan = wan;
        this.delivered = delivered;
        this.random = random;
        this.lastDueNanos = System.nanoTime();
        this.lineFreeNanos = lastDueNanos;
    }

    /** Takes bytes (and their ownership) or an end into the line. */
    void take(ByteBuf bytes, End end) {
        if (closed) {
            bytes.release();
            return;
        }
        heldBytes += bytes.readableBytes();
        held.addLast(new Held(dueNanos(bytes.readableBytes()), bytes, end));
        from.config().setAutoRead(heldBytes < wan.inFlightBytesMax());
        setTimer();
    }

    /** Looks again: the far side takes more, or a stall has ended. */
    void flow() {
        deliverDue();
    }

    /** Throws everything away. */
    void close() {
        closed = true;
        held.forEach(entry -> entry.bytes().release());
        held.clear();
        heldBytes = 0;
    }

    private long dueNanos(int bytes) {
        WanProfile profile = wan.profile();
        long now = System.nanoTime();
        lineFreeNanos = later(lineFreeNanos, now) + transmissionNanos(bytes, profile.bytesPerSecondMax());
        long due = lineFreeNanos + profile.rtt().toNanos() / 2 + jitterNanos(profile);
        lastDueNanos = later(lastDueNanos, due);
        return lastDueNanos;
    }

    private static long transmissionNanos(int bytes, long bytesPerSecondMax) {
        return bytesPerSecondMax == 0 ? 0 : (long) (bytes * 1e9 / bytesPerSecondMax);
    }

    private long jitterNanos(WanProfile profile) {
        return WanState.jitterNanos(profile, random);
    }

    /** {@link System#nanoTime} values compare by difference. */
    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private void setTimer() {
        Held head = held.peekFirst();
        if (head == null || timerSet || closed || wan.stalled() || !to.isWritable()) {
            return;
        }
        timerSet = true;
        long wait = Math.max(0, head.dueNanos() - System.nanoTime());
        var _ = from.eventLoop().schedule(this::fire, wait, TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timerSet = false;
        deliverDue();
    }

    private void deliverDue() {
        if (closed || wan.stalled()) {
            return;
        }
        boolean wrote = false;
        for (Held head = held.peekFirst();
                head != null && head.dueNanos() - System.nanoTime() <= 0 && to.isWritable();
                head = held.peekFirst()) {
            held.removeFirst();
            deliver(head);
            wrote = true;
        }
        if (wrote) {
            to.flush();
            from.config().setAutoRead(heldBytes < wan.inFlightBytesMax());
        }
        setTimer();
    }

    private void deliver(Held entry) {
        int bytes = entry.bytes().readableBytes();
        heldBytes -= bytes;
        delivered.add(bytes);
        if (entry.end() == End.NONE) {
            Sends.write(to, entry.bytes());
            return;
        }
        entry.bytes().release();
        to.flush();
        if (entry.end() == End.HALF) {
            to.shutdownOutput().addListener((ChannelFutureListener) future -> closeIfBothHalvesAre());
        } else {
            Sends.close(to);
        }
    }

    private void closeIfBothHalvesAre() {
        if (to.isInputShutdown()) {
            Sends.close(to);
        }
    }
}
