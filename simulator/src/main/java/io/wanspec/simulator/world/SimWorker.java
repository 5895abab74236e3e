package io.wanspec.simulator.world;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import io.wanspec.drafting.DraftStep;
import io.wanspec.drafting.DraftWorker;
import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.text.Text;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A real {@link DraftWorker} behind a modelled link, with modelled passes. */
final class SimWorker {
    private static final int CONTEXT_TOKENS = 131_072;
    private static final int FILL_TOKENS_MAX = 64;

    /** Until an attempt to reach what is not there is given up. */
    private static final long UNREACHABLE_NANOS = 1_000_000_000L;

    private final VirtualTime time;
    private final Text text;
    private final WorkerId id;
    private final Direction there;
    private final Direction back;
    private final boolean overWan;
    private final WorkerSite site;
    private final Consumer<Event> controller;
    private final DraftWorker worker;
    private final Outlooks outlooks = new Outlooks();
    private boolean working;
    private boolean closed;
    private int passes;

    SimWorker(
            VirtualTime time,
            Text text,
            WorkerId id,
            DraftFrame.Open open,
            WorkerSite site,
            boolean late,
            SplittableRandom random,
            Consumer<Event> controller) {
        this.time = time;
        this.text = text;
        this.id = id;
        this.site = site;
        this.controller = controller;
        there = new Direction(site.wanAt(), random.split());
        back = new Direction(site.wanAt(), random.split());
        overWan = site.wanAt().apply(time.now()).rttMs() > 0;
        worker = new DraftWorker(open, CONTEXT_TOKENS, FILL_TOKENS_MAX, token -> false);
        worker.cacheHolds(open.prefix().size());
        if (!site.isUp().test(time.now())) {
            time.at(
                    time.now() + UNREACHABLE_NANOS,
                    () -> post(at -> new Event.WorkerLost(at, id, "not reached", LinkLoss.UNREACHABLE)));
        } else if (late) {
            time.at(there.arrival(time.now(), overWan ? FrameSize.of(open) : 0), this::begin);
        } else {
            // The prompt reaches the worker while the target fills its cache with it, which counts for nobody.
            controller.accept(ready(time.now()));
            time.at(time.now(), this::work);
        }
    }

    private void begin() {
        time.at(back.arrival(time.now(), 0), () -> post(this::ready));
        work();
    }

    private Event ready(long at) {
        return new Event.WorkerReady(at, id, new DraftFrame.Ready(ProtocolVersion.CURRENT, SimSession.DRAFT));
    }

    /** What comes over a link that was left is not heard. */
    private void post(LongFunction<Event> event) {
        if (!closed) {
            controller.accept(event.apply(time.now()));
        }
    }

    void send(DraftFrame frame) {
        if (site.isUp().test(time.now())) {
            time.at(there.arrival(time.now(), overWan ? FrameSize.of(frame) : 0), () -> receive(frame));
        }
    }

    void close() {
        closed = true;
    }

    WorkerId id() {
        return id;
    }

    int passes() {
        return passes;
    }

    long wanBytes() {
        return there.bytes() + back.bytes();
    }

    private void receive(DraftFrame frame) {
        if (closed) {
            return;
        }
        switch (frame) {
            case DraftFrame.Advance advance -> worker.advance(advance);
            case DraftFrame.Expand expand -> worker.expand(expand);
            case DraftFrame.Open f -> throw new IllegalStateException("opened twice");
            case DraftFrame.Ready f -> throw new IllegalStateException("wrong direction");
            case DraftFrame.Drafted f -> throw new IllegalStateException("wrong direction");
            case DraftFrame.Refused f -> throw new IllegalStateException("wrong direction");
        }
        work();
    }

    private void work() {
        if (working || closed) {
            return;
        }
        switch (worker.next()) {
            case DraftStep.Rest rest -> {}
            case DraftStep.Fill fill -> {
                worker.filled(fill, 0);
                work();
            }
            case DraftStep.Grow grow -> {
                working = true;
                passes++;
                site.processor().run(grow.nodes().size(), (nanos, load) -> finish(grow, nanos));
            }
        }
    }

    private void finish(DraftStep.Grow grow, long nanos) {
        working = false;
        if (closed) {
            return;
        }
        DraftStep.Nodes nodes = grow.nodes();
        outlooks.clear();
        for (int i = 0; i < nodes.size(); i++) {
            text.outlook(nodes.branches()[i], nodes.positions()[i] + 1, worker.candidates(), outlooks);
        }
        DraftFrame.Drafted frame = worker.grown(grow, outlooks, nanos);
        if (frame != null && site.isUp().test(time.now())) {
            long arrival = back.arrival(time.now(), overWan ? FrameSize.of(frame) : 0);
            time.at(arrival, () -> post(at -> new Event.WorkerDrafted(at, id, frame)));
        }
        work();
    }
}
