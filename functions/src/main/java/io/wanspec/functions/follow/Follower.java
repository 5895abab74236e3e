package io.wanspec.functions.follow;

import io.wanspec.functions.crash.CrashPoint;
import io.wanspec.functions.flow.BoundedPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a text to one client as it comes, on a thread of its own. A client that reads too slowly is left behind. */
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Events that wait for the client. */
    private static final int EVENTS_WAITING_MAX = 256;

    /** A comment: no event. */
    private static final byte[] GONE = ": gone\n\n".getBytes(StandardCharsets.US_ASCII);

    private final TextSource source;
    private final Rendering rendering;
    private final Duration clientTimeout;
    private final Runnable onEnd;
    private final BoundedPublisher<byte[]> events;
    private final Thread thread;

    /**
     * @param source closed at the end
     * @param clientTimeout how long the client may leave its text unread
     * @param onEnd run when nothing more is sent, whatever the reason
     */
    public Follower(TextSource source, Rendering rendering, Duration clientTimeout, Runnable onEnd) {
        this.source = source;
        this.rendering = rendering;
        this.clientTimeout = clientTimeout;
        this.onEnd = onEnd;
        thread = Thread.ofVirtual().name("follower").unstarted(this::run);
        events = new BoundedPublisher<>(EVENTS_WAITING_MAX, thread::interrupt);
    }

    /** What the client is sent; it may take all of it later. */
    public BoundedPublisher<byte[]> start() {
        thread.start();
        return events;
    }

    /** The client is gone. */
    public void stop() {
        thread.interrupt();
    }

    private void run() {
        try (source) {
            send();
        } catch (InterruptedException gone) {
            // Nobody is there to be told. The server cannot discard an answer without a byte, though: it would log a
            // trace.
            events.offerIfEmpty(GONE);
        } catch (RuntimeException e) {
            // The stream breaks off without its last event, which tells the client to ask again.
            LOG.warn("A stream breaks off: {}", e.getClass().getSimpleName());
        } finally {
            events.complete();
            onEnd.run();
        }
    }

    private void send() throws InterruptedException {
        source.ready();
        boolean taken = put(rendering.begin());
        int read = 0;
        while (taken) {
            Portion portion = source.from(read);
            read += portion.pieces().size();
            taken = put(rendering.seen(portion.seen()));
            if (!portion.pieces().isEmpty()) {
                CrashPoint.AFTER_SENT.reached();
            }
            var end = portion.end();
            if (end != null) {
                put(rendering.end(end));
                return;
            }
        }
    }

    private boolean put(List<byte[]> some) throws InterruptedException {
        for (byte[] event : some) {
            if (!events.put(event, clientTimeout)) {
                return false;
            }
        }
        return true;
    }
}
