package io.wanspec.simulator.fault;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SpeculationController;
import io.wanspec.controller.Worker;
import io.wanspec.simulator.world.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One request through its faults: the real controller, real draft workers, and the invariants after every event. Its function may be
 * killed between two events; another goes on from the checkpoints that had become durable by then.
 */
final class FaultSession {
    private static final int EVENTS_MAX = 100_000;
    private static final int KILLS_MAX = 8;
    private static final long LEASE_NANOS_MAX = 10_000_000_000L;

    private final VirtualTime time = new VirtualTime();
    private FaultCase fault;
    private Progress resumedFrom = Progress.none();
    private Progress remembered = Progress.none();
    private FaultWorld world;
    private SpeculationController controller;
    private Invariants invariants;
    private TimelineInvariants timeline;
    private FaultTarget target;
    private final Map<WorkerId, FaultWorker> workers = new HashMap<>();
    private final List<Event> heard = new ArrayList<>();
    private final List<Action> done = new ArrayList<>();
    private final FaultOutcome outcome = new FaultOutcome();
    private long wakeAt = Long.MAX_VALUE;
    private int kills;
    private boolean running = true;
    private boolean replays;

    FaultSession(FaultCase fault) {
        this.fault = fault;
        world = world();
        controller = new SpeculationController(fault.request(), fault.settings());
        invariants = new Invariants(fault, resumedFrom, 0);
        timeline = new TimelineInvariants(fault, 0, 0);
        target = new FaultTarget(world);
    }

    /**
     * Runs to the end.
     *
     * @param replay whether the same events are given to a second controller, which must do the same, and to whoever writes a timeline
     * @throws IllegalStateException if an invariant breaks
     */
    FaultOutcome run(boolean replay) {
        replays = replay;
        handle(new Event.Started(0));
        if (fault.clientLeavesAt() < Long.MAX_VALUE) {
            time.at(fault.clientLeavesAt(), () -> {
                if (running) {
                    handle(new Event.ClientGone(time.now()));
                }
            });
        }
        while (invariants.last() == null) {
            InvariantCheck.that(time.step(), "the request is left waiting");
            InvariantCheck.atMost(heard.size(), EVENTS_MAX, "events of a request");
        }
        InvariantCheck.same(controller.handle(new Event.Woken(Long.MAX_VALUE)), List.of(), "actions after the last");
        endFunction(false);
        return outcome;
    }

    private void endFunction(boolean killed) {
        outcome.add(FaultOutcome.of(heard, done, killed));
        if (replays) {
            checkReplay();
        }
    }

    /** The same events again must give the same actions. */
    private void checkReplay() {
        SpeculationController again = controller();
        List<Action> repeated = new ArrayList<>();
        heard.forEach(event -> repeated.addAll(again.handle(event)));
        InvariantCheck.same(repeated, done, "actions of the same events");
    }

    private SpeculationController controller() {
        return new SpeculationController(fault.request(), fault.settings(), LearnedEstimates.none(), resumedFrom);
    }

    private void handle(Event event) {
        if (invariants.last() != null) {
            InvariantCheck.same(controller.handle(event), List.of(), "actions after the last");
            return;
        }
        heard.add(event);
        invariants.onEvent(event);
        List<Action> actions = controller.handle(event);
        if (replays) {
            timeline.step(event, actions);
        }
        for (Action action : actions) {
            done.add(action);
            invariants.onAction(action, time.now());
            perform(action);
        }
        if (invariants.last() == null && kills < KILLS_MAX && fault.random().happens(fault.kill())) {
            kill();
        }
    }

    /** All but the checkpoints is lost, and of those the last ones may be. Nothing that was under way is heard any more. */
    private void kill() {
        kills++;
        endFunction(true);
        heard.clear();
        done.clear();
        workers.clear();
        int before = resumedFrom.tokens().size();
        int durable = fault.random().between(before, remembered.tokens().size());
        resumedFrom = remembered.slice(0, durable, null);
        remembered = resumedFrom;
        fault = fault.inAnotherFunction();
        wakeAt = Long.MAX_VALUE;
        world = world();
        target = new FaultTarget(world);
        controller = controller();
        long startsAt = time.now() + (long) fault.random().upTo((double) LEASE_NANOS_MAX);
        invariants = new Invariants(fault, resumedFrom, startsAt);
        timeline = new TimelineInvariants(fault, resumedFrom.tokens().size(), startsAt);
        running = false;
        time.at(startsAt, () -> {
            running = true;
            handle(new Event.Started(startsAt));
        });
    }

    /** Of this function: what comes for one before it reaches nobody. */
    private FaultWorld world() {
        int function = kills;
        return new FaultWorld(fault, time, event -> {
            if (function == kills) {
                handle(event);
            }
        });
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
            case Action.Checkpoint checkpoint -> remembered = remembered.plus(checkpoint.more());
            case Action.Finish finish -> {}
            case Action.Fail fail -> {}
            case Action.Note note -> {}
        }
    }

    private void wakeAt(long at) {
        wakeAt = at;
        long late = (long) fault.random().upTo((double) fault.wakeDelayNanos());
        int function = kills;
        time.at(at + late, () -> {
            if (function == kills && (wakeAt == at || fault.random().happens(fault.strayWakes()))) {
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
