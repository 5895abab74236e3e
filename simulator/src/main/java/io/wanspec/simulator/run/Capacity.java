package io.wanspec.simulator.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * How many users a target sustains. Co-located speculation with so many users, with the run length that is best for them,
 * sets a limit: the 95th percentile of the time a token takes. The capacity of a policy is the largest number of users who
 * stay within it, found by bracketing, since more users wait longer.
 */
public final class Capacity {
    /** Numbers of users of co-located speculation that set limits. */
    public static final List<Integer> B1_USERS = List.of(16, 64);

    private static final double SHARE = 0.95;
    private static final int USERS_FACTOR_MAX = 8;

    /** The capacity is found to one user in so many. */
    private static final int TOLERANCE = 50;

    private final Crew crew;

    private record Limit(int users, Policy policy, ClosedLoop loop) {
        double ms() {
            return loop.quantile(SHARE);
        }
    }

    public Capacity(Crew crew) {
        this.crew = crew;
    }

    /**
     * One row for each limit and contender, co-located speculation first.
     *
     * @param scenario its requests are those of each user that count
     */
    public List<CapacityRow> run(Scenario scenario, List<Integer> b1Users, List<Contender> contenders)
            throws InterruptedException {
        List<Callable<Limit>> limits = new ArrayList<>();
        b1Users.forEach(users -> limits.add(() -> limit(scenario, users)));
        List<Callable<CapacityRow>> rows = new ArrayList<>();
        for (Limit limit : crew.all(limits)) {
            rows.add(() -> row(Catalogue.B1.name(), limit.policy(), scenario, limit, limit.users(), limit.loop()));
            for (Contender contender : contenders) {
                rows.add(() -> largest(contender, scenario, limit));
            }
        }
        return crew.all(rows);
    }

    private static Limit limit(Scenario scenario, int users) {
        return Catalogue.B1.variants().apply(scenario).stream()
                .map(policy -> new Limit(users, policy, ClosedLoop.runColocated(scenario, policy, users)))
                .min(Comparator.comparingDouble(Limit::ms))
                .orElseThrow();
    }

    private static CapacityRow largest(Contender contender, Scenario scenario, Limit limit) {
        return contender.variants().apply(scenario).stream()
                .map(policy -> largest(contender.name(), policy, scenario, limit))
                .max(Comparator.comparingInt(CapacityRow::users))
                .orElseThrow();
    }

    private static CapacityRow largest(String name, Policy policy, Scenario scenario, Limit limit) {
        int within = 0;
        int beyond = limit.users() * USERS_FACTOR_MAX + 1;
        int next = limit.users();
        ClosedLoop best = ClosedLoop.run(scenario, policy, 1);
        while (beyond - within > 1 + within / TOLERANCE) {
            ClosedLoop loop = ClosedLoop.run(scenario, policy, next);
            double p95 = loop.quantile(SHARE);
            if (p95 <= limit.ms()) {
                within = next;
                best = loop;
            } else {
                beyond = next;
            }
            // In a crowd the time a token takes is nearly in proportion to the users: step there, and a little beyond.
            int step = (int) Math.round(next * limit.ms() / p95) + (p95 <= limit.ms() ? 1 : -1);
            next = Math.clamp(step, within + 1, Math.max(within + 1, beyond - 1));
        }
        return row(name, policy, scenario, limit, within, best);
    }

    private static CapacityRow row(
            String name, Policy policy, Scenario scenario, Limit limit, int users, ClosedLoop loop) {
        Totals totals = loop.totals();
        return new CapacityRow(
                name,
                policy.name(),
                scenario.name(),
                scenario.wan().rttMs(),
                limit.users(),
                limit.ms(),
                users,
                (double) users / limit.users(),
                loop.quantile(SHARE),
                loop.utilisation(),
                totals.targetPassesPerToken(),
                totals.draftsPerRound(),
                totals.busyDraftPassesPerToken(),
                totals.remoteDraftPassesPerToken(),
                scenario.requests(),
                scenario.seed());
    }
}
