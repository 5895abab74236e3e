package io.wanspec.endpoints.server;

import io.wanspec.contracts.LinkId;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links without a stream of their own. Nothing tells that a peer is gone, so a link that is not called for a while ends, and
 * where there are too many the one that was called least recently. Whoever calls it later sends its prefix again.
 */
final class CalledLinks<F> {
    private static final Logger LOG = LoggerFactory.getLogger(CalledLinks.class);

    private final LinkProtocol<F> protocol;
    private final Compute compute;
    private final int linksMax;
    private final long idleNanos;

    /** In the order of their last calls. */
    private final Map<LinkId, Held<F>> links = new LinkedHashMap<>(16, 0.75f, true);

    private record Held<F>(CalledLink<F> link, long calledNanos) {}

    CalledLinks(LinkProtocol<F> protocol, Compute compute, int linksMax, Duration idle) {
        this.protocol = protocol;
        this.compute = compute;
        this.linksMax = linksMax;
        this.idleNanos = idle.toNanos();
    }

    LinkProtocol<F> protocol() {
        return protocol;
    }

    /** The link of that name if there is one; it was called just now. */
    synchronized @Nullable CalledLink<F> find(LinkId id) {
        Held<F> held = links.get(id);
        return held == null ? null : put(id, held.link());
    }

    /** A new link of that name. */
    synchronized CalledLink<F> open(LinkId id, Engine engine) {
        if (links.size() >= linksMax) {
            Map.Entry<LinkId, Held<F>> oldest = links.entrySet().iterator().next();
            LOG.info("a link that was not called for the longest time gives place to another");
            leave(oldest.getKey());
        }
        var out = new CallOutbound<>(protocol, () -> forget(id));
        return put(id, new CalledLink<>(protocol.open(engine, compute, out), out));
    }

    /** The peer does not need it any more. */
    synchronized void leave(LinkId id) {
        Held<F> held = links.remove(id);
        if (held != null) {
            end(held);
        }
    }

    /** Whoever waits for an answer hears that there is none. */
    private static <F> void end(Held<F> held) {
        held.link().session().disconnect();
        held.link().out().end();
    }

    /** Ends what was not called for too long. */
    synchronized void expire(long nowNanos) {
        for (Iterator<Held<F>> each = links.values().iterator(); each.hasNext(); ) {
            Held<F> held = each.next();
            if (nowNanos - held.calledNanos() < idleNanos) {
                return;
            }
            if (!held.link().out().isAnswering()) {
                each.remove();
                end(held);
            }
        }
    }

    synchronized int size() {
        return links.size();
    }

    private CalledLink<F> put(LinkId id, CalledLink<F> link) {
        links.put(id, new Held<>(link, System.nanoTime()));
        return link;
    }

    private synchronized void forget(LinkId id) {
        links.remove(id);
    }
}
