package io.wanspec.simulator.fault;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.Event;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.drafting.DraftStep;
import io.wanspec.drafting.DraftWorker;
import io.wanspec.drafting.Outlooks;
import java.util.function.LongConsumer;

/** One link to a real {@link DraftWorker}, with a {@link Trait}, behind a network with faults. */
final class FaultWorker {
    private static final long MS = 1_000_000;
    private static final int REPEATS_MAX = 80;

    private final FaultWorld world;
    private final Worker id;
    private final Trait trait;
    private final LossyDirection there;
    private final LossyDirection back;
    private final DraftWorker worker;
    private final HostileFrames hostileFrames;
    private final Outlooks outlooks = new Outlooks();
    private int framesUntilSilent;
    private boolean working;
    private boolean gone;

    FaultWorker(FaultWorld world, Worker id, Trait trait, DraftFrame.Open open) {
        this.world = world;
        this.id = id;
        this.trait = trait;
        FaultCase fault = world.fault();
        Chances random = fault.random();
        there = new LossyDirection(world.time(), near(fault.there()), random);
        back = new LossyDirection(world.time(), near(fault.back()), random);
        hostileFrames = new HostileFrames(random);
        framesUntilSilent = trait == Trait.SILENT ? random.between(0, 40) : Integer.MAX_VALUE;
        int context = random.oneIn(20) ? open.prefix().size() + random.between(0, 30) : 131_072;
        worker = new DraftWorker(open, context, random.between(1, 64), token -> token == FaultText.END);
        if (random.oneIn(2)) {
            worker.cacheHolds(random.between(0, open.prefix().size()));
        }
        there.send(this::begin);
    }

    /** The link to a busy-region worker loses as the others do, but is short. */
    private LinkFaults near(LinkFaults faults) {
        return id.place() == Place.BUSY_REGION
                ? new LinkFaults(faults.loss(), faults.duplicate(), faults.reorder(), MS / 2, faults.jitterNanos() / 20)
                : faults;
    }

    private void begin() {
        if (trait == Trait.REFUSING) {
            lose("OVERLOADED", world.random().oneIn(2));
            return;
        }
        ProtocolVersion protocol = trait == Trait.OUTDATED
                ? new ProtocolVersion(ProtocolVersion.CURRENT.number() + 1)
                : ProtocolVersion.CURRENT;
        String tokenizer = (trait == Trait.FOREIGN ? "a" : "0").repeat(64);
        ModelIdentity model = new ModelIdentity("draft", tokenizer, "2".repeat(64), 64, 131_072);
        DraftFrame.Ready ready = new DraftFrame.Ready(protocol, model);
        back.send(() -> controller(new Event.WorkerReady(world.time().now(), id.id(), ready)));
        work();
    }

    void send(DraftFrame frame) {
        there.send(() -> receive(Wire.draft(frame, world.fault().encodes())));
    }

    void close() {
        gone = true;
    }

    private void receive(DraftFrame frame) {
        if (gone) {
            return;
        }
        if (frame instanceof DraftFrame.Advance advance) {
            DraftFrame.Refused refused = worker.advance(advance);
            if (refused != null) {
                lose(refused.reason(), refused.code().isTransient());
                return;
            }
        } else if (frame instanceof DraftFrame.Expand expand && trait != Trait.DEAF) {
            worker.expand(expand);
        }
        work();
    }

    private void lose(String reason, boolean mayRetry) {
        gone = true;
        long at = world.time().now() + MS + world.fault().back().delayNanos();
        world.time().at(at, () -> controller(new Event.WorkerLost(at, id.id(), reason, mayRetry)));
    }

    private void work() {
        if (working || gone) {
            return;
        }
        switch (worker.next()) {
            case DraftStep.Rest rest -> {}
            case DraftStep.Fill fill -> run(2 * MS, nanos -> worker.filled(fill, nanos));
            case DraftStep.Grow grow -> run(passNanos(grow.nodes().size()), nanos -> finish(grow, nanos));
        }
    }

    private long passNanos(int nodes) {
        long one = (id.place() == Place.BUSY_REGION ? 6 : 8) * MS;
        return one + one * (nodes - 1) / 20;
    }

    private void run(long nanos, LongConsumer then) {
        working = true;
        world.time().at(world.time().now() + nanos, () -> {
            working = false;
            if (!gone) {
                then.accept(nanos);
                work();
            }
        });
    }

    private void finish(DraftStep.Grow grow, long nanos) {
        DraftStep.Nodes nodes = grow.nodes();
        outlooks.clear();
        for (int i = 0; i < nodes.size(); i++) {
            world.fault().text().outlook(nodes.branches()[i], nodes.positions()[i] + 1, worker.candidates(), outlooks);
        }
        DraftFrame.Drafted frame = worker.grown(grow, outlooks, nanos);
        if (frame != null) {
            answer(frame);
        }
    }

    private void answer(DraftFrame.Drafted frame) {
        Chances random = world.random();
        if (trait == Trait.CRASHING && random.happens(world.fault().crash())) {
            lose("connection reset", !random.oneIn(4));
        } else if (--framesUntilSilent >= 0) {
            boolean hostile =
                    trait == Trait.HOSTILE && random.happens(world.fault().hostile());
            if (hostile && random.oneIn(10)) {
                for (int i = random.between(2, REPEATS_MAX); i > 0; i--) {
                    sendBack(frame);
                }
            }
            sendBack(hostile ? hostileFrames.of(frame) : frame);
        }
    }

    private void sendBack(DraftFrame.Drafted frame) {
        back.send(() -> {
            DraftFrame.Drafted heard =
                    (DraftFrame.Drafted) Wire.draft(frame, world.fault().encodes());
            controller(new Event.WorkerDrafted(world.time().now(), id.id(), heard));
        });
    }

    private void controller(Event event) {
        world.controller().accept(event);
    }
}
