package io.wanspec.simulator.run;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.Place;
import io.wanspec.controller.SessionLimits;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.simulator.world.SimSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a policy with remote workers, in the controller's words.
 *
 * @param remotes remote workers; a busy-region one stands by in any case
 */
record Design(
        int remotes, Redundancy redundancy, DraftShape draft, VerifyShape verify, double waitWorth, int lookupTokens) {
    /** One remote worker's chain; the target verifies at once what there is, and nobody drafts in the busy region. */
    static final Design CHAIN = new Design(
            1,
            new Redundancy.Never(),
            DraftShape.chain(DraftShape.CHAIN_WINDOW_DEFAULT),
            VerifyShape.chain(VerifyShape.CHAIN_TOKENS_DEFAULT),
            0,
            0);

    Design withRemotes(int other) {
        return new Design(other, redundancy, draft, verify, waitWorth, lookupTokens);
    }

    Design with(Redundancy other) {
        return new Design(remotes, other, draft, verify, waitWorth, lookupTokens);
    }

    Design with(DraftShape other) {
        return new Design(remotes, redundancy, other, verify, waitWorth, lookupTokens);
    }

    Design with(VerifyShape other) {
        return new Design(remotes, redundancy, draft, other, waitWorth, lookupTokens);
    }

    Design withWaitWorth(double other) {
        return new Design(remotes, redundancy, draft, verify, other, lookupTokens);
    }

    Design withLookup(int other) {
        return new Design(remotes, redundancy, draft, verify, waitWorth, other);
    }

    /** So many remote workers, whose distance is known, and the one that stands by. */
    static List<Worker> workers(int remotes, Scenario scenario) {
        Duration roundTrip = Duration.ofNanos(Math.round(scenario.wan().rttMs() * 1e6));
        List<Worker> workers = new ArrayList<>();
        for (int i = 1; i <= remotes; i++) {
            workers.add(new Worker(new WorkerId("remote-" + i), Place.DRAFT_REGION, roundTrip));
        }
        workers.add(Experiment.BUSY);
        return workers;
    }

    Policy policy(String name, Scenario scenario) {
        return new Policy(
                name,
                new ControllerSettings(
                        SimSession.TARGET,
                        workers(remotes, scenario),
                        redundancy,
                        draft,
                        verify,
                        waitWorth,
                        lookupTokens,
                        false,
                        SessionLimits.DEFAULT));
    }
}
