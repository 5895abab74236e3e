package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Experience of this process alone. Of requests at the same time the last to end is remembered: the others' lessons are lost,
 * which only makes it learn more slowly.
 */
public final class EstimatesByGoal implements Experience {
    private final Map<Goal, Known> byGoal = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private record Known(LearnedByKind learned, AgedLoad load) {
        static final Known NOTHING = new Known(LearnedByKind.none(), AgedLoad.none());

        LearnedByKind at(Instant now) {
            return learned.with(load.believedAt(now));
        }
    }

    public EstimatesByGoal() {
        this(InstantSource.system());
    }

    EstimatesByGoal(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public LearnedByKind of(Goal goal) {
        return byGoal.getOrDefault(goal, Known.NOTHING).at(clock.instant());
    }

    @Override
    public void remember(Goal goal, RequestKind kind, LearnedEstimates begun, LearnedEstimates learned) {
        Instant now = clock.instant();
        byGoal.compute(goal, (_, before) -> {
            Known known = before == null ? Known.NOTHING : before;
            // Who was at rest has learned nothing, and must not take back what another has learned meanwhile.
            boolean news = learned.requests() != begun.requests();
            return new Known(
                    news ? known.learned().with(kind, learned) : known.learned(),
                    known.load().after(begun, learned, now));
        });
    }
}
