package io.wanspec.simulator.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.world.Accelerator;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.Turns;
import io.wanspec.simulator.world.VirtualTime;
import io.wanspec.simulator.world.WorkerSite;
import java.util.List;
import java.util.SplittableRandom;

/** One request at a time of the day: the real controller and real draft workers, at places that are as they are then. */
final class DaySession {
    private DaySession() {}

    /** @param startNanos since midnight */
    static SimSession run(
            Scenario scenario,
            List<PlaceDay> places,
            ControllerSettings settings,
            LearnedByKind learned,
            long startNanos,
            long seed) {
        VirtualTime time = new VirtualTime();
        var around = new SimSession.Surroundings(
                time,
                new Turns(time, new Accelerator(), rows -> scenario.times().targetNanos(rows - 1)),
                new Turns(time, new Accelerator(), scenario.times()::busyDraftNanos),
                id -> site(place(places, id), time, startNanos));
        SimSession session = new SimSession(
                around,
                scenario.language().text(SimSession.PROMPT, seed),
                settings,
                learned,
                scenario.lookup(),
                scenario.tokens(),
                new SplittableRandom(seed));
        session.start();
        while (!session.isDone()) {
            if (!time.step()) {
                throw new IllegalStateException("seed " + seed + ": the request was left waiting");
            }
        }
        return session;
    }

    private static WorkerSite site(PlaceDay place, VirtualTime time, long startNanos) {
        return new WorkerSite(
                now -> place.wanAt(startNanos + now),
                now -> place.isUp(startNanos + now),
                new Turns(time, new Accelerator(), nodes -> place.passNanos(nodes, startNanos + time.now())));
    }

    private static PlaceDay place(List<PlaceDay> places, WorkerId id) {
        return places.stream()
                .filter(each -> each.place().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
