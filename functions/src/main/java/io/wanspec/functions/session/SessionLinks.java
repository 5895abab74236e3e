package io.wanspec.functions.session;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open links of one session. Used by the session's thread only. */
final class SessionLinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLinks.class);

    private final Links links;
    private final EventQueue events;
    private final ModelIdentity target;
    private final SpokenTerms terms;
    private final WanMeter meter = new WanMeter();
    private final Map<WorkerId, Opened<DraftFrame>> workers = new HashMap<>();
    private @Nullable Opened<TargetFrame> targetLink;

    private record Opened<F>(Link<F> link, LinkInbox<F> inbox) {
        /** One that cannot be closed keeps no other link open, and takes back no text. */
        void leave() {
            inbox.leave();
            try {
                link.close();
            } catch (RuntimeException | Error stuck) {
                LOG.warn("A link could not be closed", stuck);
            }
        }
    }

    SessionLinks(Links links, EventQueue events, SessionRequest request) {
        this.links = links;
        this.events = events;
        this.target = request.target();
        this.terms = new SpokenTerms(request.terms(), request.generation().isRuled());
    }

    void openTarget(TargetFrame.Open frame) {
        if (targetLink == null) {
            var inbox = new TargetInbox(events, terms::lowerTarget);
            targetLink = new Opened<>(links.openTarget(inbox), inbox);
        }
        targetLink.link().send(terms.of(frame));
    }

    void verify(TargetFrame.Verify frame) {
        if (targetLink != null) {
            targetLink.link().send(frame);
        }
    }

    void closeTarget() {
        if (targetLink != null) {
            targetLink.leave();
            targetLink = null;
        }
    }

    void openWorker(WorkerId worker, DraftFrame.Open frame) {
        closeWorker(worker);
        var inbox = new DraftInbox(events, () -> terms.lowerWorker(worker), worker, target);
        var opened = new Opened<>(links.openDraft(worker, inbox, meter), inbox);
        workers.put(worker, opened);
        opened.link().send(terms.of(worker, frame));
    }

    void send(WorkerId worker, DraftFrame frame) {
        var opened = workers.get(worker);
        if (opened != null) {
            opened.link().send(frame);
        }
    }

    void closeWorker(WorkerId worker) {
        var opened = workers.remove(worker);
        if (opened != null) {
            opened.leave();
        }
    }

    long wanBytes() {
        return meter.bytes();
    }

    @Override
    public void close() {
        List.copyOf(workers.keySet()).forEach(this::closeWorker);
        closeTarget();
    }
}
