package io.wanspec.simulator.fault;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.Place;
import io.wanspec.controller.Placed;
import io.wanspec.controller.SessionLimits;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settings of every kind that the controller accepts. */
final class RandomSettings {
    private RandomSettings() {}

    static ControllerSettings of(Chances chances, ModelIdentity target) {
        return new ControllerSettings(
                target,
                workers(chances),
                redundancy(chances),
                draft(chances),
                verify(chances),
                waitWorth(chances),
                chances.oneIn(3) ? chances.between(0, 16) : 0,
                chances.oneIn(2),
                limits(chances));
    }

    private static List<Worker> workers(Chances chances) {
        List<Worker> workers = new ArrayList<>();
        int remote = chances.oneIn(8) ? 0 : chances.between(1, 3);
        int busy = chances.oneIn(3) ? 0 : chances.oneIn(8) ? 2 : 1;
        for (int i = 0; i < remote; i++) {
            Duration measured = Duration.ofMillis(chances.between(0, 300));
            Placed placed = chances.oneIn(2) ? Placed.standingBy() : Placed.unasked();
            workers.add(new Worker(new WorkerId("remote-" + i), Place.DRAFT_REGION, measured, placed));
        }
        for (int i = 0; i < busy; i++) {
            int at = chances.between(0, workers.size());
            workers.add(at, new Worker(new WorkerId("busy-" + i), Place.BUSY_REGION));
        }
        return workers;
    }

    private static Redundancy redundancy(Chances chances) {
        return switch (chances.between(0, 5)) {
            case 0 -> new Redundancy.Never();
            case 1 -> new Redundancy.Always();
            case 2, 3 -> new Redundancy.Entropy(chances.upTo(3));
            default ->
                new Redundancy.Value(
                        price(chances),
                        chances.oneIn(10) ? chances.between(1, Limits.PASS_NODES_MAX) : chances.between(1, 8));
        };
    }

    private static Price price(Chances chances) {
        return chances.oneIn(3) ? Price.share(0) : new Price(chances.upTo(2), 0.1, chances.rarely(3));
    }

    private static DraftShape draft(Chances chances) {
        int window = chances.oneIn(10) ? chances.between(1, Limits.WINDOW_TOKENS_MAX) : chances.between(1, 32);
        if (chances.oneIn(3)) {
            return DraftShape.chain(window);
        }
        return new DraftShape(
                chances.oneIn(10) ? chances.between(1, Limits.PASS_NODES_MAX) : chances.between(1, 8),
                chances.between(1, Limits.CANDIDATES_MAX),
                chances.oneIn(4) ? 1_000 : chances.upTo(12),
                window);
    }

    private static VerifyShape verify(Chances chances) {
        int tokens = chances.oneIn(8) ? chances.between(0, Limits.RUN_TOKENS_MAX) : chances.between(1, 12);
        return new VerifyShape(tokens, chances.oneIn(2), chances.oneIn(6));
    }

    private static double waitWorth(Chances chances) {
        return chances.oneIn(3) ? ControllerSettings.CHAIN_WAIT_WORTH : chances.oneIn(8) ? 100 : chances.upTo(3);
    }

    private static SessionLimits limits(Chances chances) {
        Duration deadline = Duration.ofMillis(chances.oneIn(15) ? chances.between(1, 3_000) : 600_000);
        return new SessionLimits(
                deadline,
                Duration.ofMillis(chances.between(100, 5_000)),
                chances.between(0, 4),
                chances.oneIn(4) ? Duration.ofMillis(chances.between(1, 2_000)) : SessionLimits.LINK_LIFE_DEFAULT,
                chances.oneIn(3) ? Duration.ofMillis(chances.between(1, 5_000)) : SessionLimits.BEGINS_WITHIN_DEFAULT);
    }
}
