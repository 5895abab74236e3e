package io.wanspec.simulator.world;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.Event;
import io.wanspec.drafting.DraftStep;
import io.wanspec.drafting.DraftWorker;
import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.text.Text;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A real {@link DraftWorker} behind a modelled link, with modelled passes. */
final class SimWorker {
    private static final int CONTEXT_TOKENS = 131_072;
    private static final int FILL_TOKENS_MAX = 64;

    private final VirtualTime time;
    private final Text text;
    private final WorkerId id;
    private final Direction there;
    private final Direction back;
    private final boolean overWan;
    private final PassServer processor;
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
            Wan wan,
            SplittableRandom random,
            PassServer processor,
            Consumer<Event> controller) {
        this.time = time;
        this.text = text;
        this.id = id;
        this.processor = processor;
        this.controller = controller;
        there = new Direction(wan, random.split());
        back = new Direction(wan, random.split());
        overWan = wan.rttMs() > 0;
        worker = new DraftWorker(open, CONTEXT_TOKENS, FILL_TOKENS_MAX, token -> false);
        worker.cacheHolds(open.prefix().size());
        // The prompt reaches the worker while the target fills its cache with it, which counts for nobody.
        controller.accept(
                new Event.WorkerReady(time.now(), id, new DraftFrame.Ready(ProtocolVersion.CURRENT, SimSession.DRAFT)));
        time.at(time.now(), this::work);
    }

    void send(DraftFrame frame) {
        time.at(there.arrival(time.now(), overWan ? FrameSize.of(frame) : 0), () -> receive(frame));
    }

    void close() {
        closed = true;
    }

    int passes() {
        return passes;
    }

    long wanBytes() {
        return there.bytes() + back.bytes();
    }

    private void receive(DraftFrame frame) {
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
                processor.run(grow.nodes().size(), (nanos, load) -> finish(grow, nanos));
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
        if (frame != null) {
            long arrival = back.arrival(time.now(), overWan ? FrameSize.of(frame) : 0);
            time.at(arrival, () -> controller.accept(new Event.WorkerDrafted(arrival, id, frame)));
        }
        work();
    }
}
