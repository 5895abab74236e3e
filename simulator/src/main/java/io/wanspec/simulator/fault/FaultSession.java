package io.wanspec.simulator.fault;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.SpeculationController;
import io.wanspec.controller.Worker;
import io.wanspec.simulator.world.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One request through its faults: the real controller, real draft workers, and the invariants after every event. */
final class FaultSession {
    private static final int EVENTS_MAX = 100_000;

    private final FaultCase fault;
    private final VirtualTime time = new VirtualTime();
    private final FaultWorld world;
    private final SpeculationController controller;
    private final Invariants invariants;
    private final FaultTarget target;
    private final Map<WorkerId, FaultWorker> workers = new HashMap<>();
    private final List<Event> heard = new ArrayList<>();
    private final List<Action> done = new ArrayList<>();
    private long wakeAt = Long.MAX_VALUE;

    FaultSession(FaultCase fault) {
        this.fault = fault;
        world = new FaultWorld(fault, time, this::handle);
        controller = new SpeculationController(fault.request(), fault.settings());
        invariants = new Invariants(fault);
        target = new FaultTarget(world);
    }

    /** Runs to the end. @throws IllegalStateException if an invariant breaks */
    FaultOutcome run() {
        handle(new Event.Started(0));
        if (fault.clientLeavesAt() < Long.MAX_VALUE) {
            time.at(fault.clientLeavesAt(), () -> handle(new Event.ClientGone(time.now())));
        }
        while (invariants.last() == null) {
            InvariantCheck.that(time.step(), "the request is left waiting");
            InvariantCheck.atMost(heard.size(), EVENTS_MAX, "events of a request");
        }
        InvariantCheck.same(controller.handle(new Event.Woken(Long.MAX_VALUE)), List.of(), "actions after the last");
        return FaultOutcome.of(Objects.requireNonNull(invariants.last()), heard, done);
    }

    /** The same events again must give the same actions. */
    void checkReplay() {
        SpeculationController again = new SpeculationController(fault.request(), fault.settings());
        List<Action> repeated = new ArrayList<>();
        heard.forEach(event -> repeated.addAll(again.handle(event)));
        InvariantCheck.same(repeated, done, "actions of the same events");
    }

    private void handle(Event event) {
        if (invariants.last() != null) {
            InvariantCheck.same(controller.handle(event), List.of(), "actions after the last");
            return;
        }
        heard.add(event);
        invariants.onEvent(event);
        for (Action action : controller.handle(event)) {
            done.add(action);
            invariants.onAction(action, time.now());
            perform(action);
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.OpenTarget open -> target.open(open.frame());
            case Action.CloseTarget close -> target.close();
            case Action.Verify verify -> target.verify(verify.frame());
            case Action.OpenWorker open -> {
                int index = indexOf(open.worker());
                Worker worker = fault.settings().workers().get(index);
                workers.put(
                        open.worker(),
                        new FaultWorker(world, worker, fault.traits().get(index), open.frame()));
            }
            case Action.Advance advance -> worker(advance.worker()).send(advance.frame());
            case Action.Expand expand -> worker(expand.worker()).send(expand.frame());
            case Action.CloseWorker close -> worker(close.worker()).close();
            case Action.WakeAt wake -> wakeAt(wake.atNanos());
            case Action.Emit emit -> {}
            case Action.Checkpoint checkpoint -> {}
            case Action.Finish finish -> {}
            case Action.Fail fail -> {}
            case Action.Note note -> {}
        }
    }

    private void wakeAt(long at) {
        wakeAt = at;
        long late = (long) fault.random().upTo((double) fault.wakeDelayNanos());
        time.at(at + late, () -> {
            if (wakeAt == at || fault.random().happens(fault.strayWakes())) {
                handle(new Event.Woken(time.now()));
            }
        });
    }

    private int indexOf(WorkerId id) {
        ControllerSettings settings = fault.settings();
        for (int i = 0; i < settings.workers().size(); i++) {
            if (settings.workers().get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalStateException("no worker " + id);
    }

    private FaultWorker worker(WorkerId id) {
        return Objects.requireNonNull(workers.get(id), "a link that was never opened");
    }
}
