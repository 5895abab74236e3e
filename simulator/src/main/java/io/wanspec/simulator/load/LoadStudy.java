package io.wanspec.simulator.load;

import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies at a target that many sessions share. Each point is run with the policy's best variant under that load; co-located
 * speculation (B1) comes first.
 */
public final class LoadStudy {
    /** Latency over a parameter has one valley; so many in a row that are worse lie behind it. */
    private static final int WORSE_IN_A_ROW = 2;

    /** So many clients keep the target at work all the time. */
    private static final int CLIENTS_FOR_ALL = 128;

    /** Most clients that are tried, as a multiple of B1's. */
    private static final int CLIENTS_FACTOR_MAX = 8;

    private static final double MOST = 0.95;

    private final Scenario scenario;
    private final Serving serving;
    private final List<Contender> contenders;

    private record Run(String choice, LoadFigures figures) {}

    /** @param scenario its requests are those of a point, all clients together; at least one a client */
    public LoadStudy(Scenario scenario, Serving serving, List<Contender> contenders) {
        this.scenario = scenario;
        this.serving = serving;
        this.contenders = List.copyOf(contenders);
    }

    /** Under a given load. */
    public List<LoadStudyRow> under(SessionArrivals arrivals) {
        Run b1 = best(Catalogue.B1, arrivals);
        List<LoadStudyRow> rows = new ArrayList<>();
        rows.add(row(Catalogue.B1.name(), arrivals, b1, b1));
        for (Contender each : others()) {
            rows.add(row(each.name(), arrivals, best(each, arrivals), b1));
        }
        return rows;
    }

    /** Sessions come at random, and want half of the tokens that the target can give with B1, with its best run length. */
    public List<LoadStudyRow> atHalfOfItsCapacity() {
        Scenario once = scenario.with(1, scenario.seed());
        double most = Catalogue.B1.variants().apply(once).stream()
                .limit(4)
                .mapToDouble(policy -> LoadRun.of(once, policy, serving, new SessionArrivals.Clients(CLIENTS_FOR_ALL))
                        .tokensPerSecond())
                .max()
                .orElseThrow();
        return under(new SessionArrivals.Random(most / 2 / scenario.tokens()));
    }

    /** The most clients whose 95th percentile of the time a token takes is no higher than that of so many with B1. */
    public List<LoadStudyRow> atEqualP95(int b1Clients) {
        SessionArrivals.Clients clients = new SessionArrivals.Clients(b1Clients);
        Run b1 = best(Catalogue.B1, clients);
        List<LoadStudyRow> rows = new ArrayList<>();
        rows.add(row(Catalogue.B1.name(), clients, b1, b1));
        for (Contender each : others()) {
            rows.add(mostClients(each, clients, b1));
        }
        return rows;
    }

    /** What a contender's best variant costs under a load. */
    public ServedCosts costs(Contender contender, SessionArrivals arrivals) {
        return ServedCosts.of(best(contender, arrivals).figures());
    }

    private LoadStudyRow mostClients(Contender contender, SessionArrivals.Clients from, Run b1) {
        double limit = b1.figures().quantile(MOST);
        int within = 0;
        int beyond = from.number() * CLIENTS_FACTOR_MAX + 1;
        SessionArrivals.Clients next = from;
        SessionArrivals.Clients found = new SessionArrivals.Clients(1);
        Run best = best(contender, found);
        while (beyond - within > 1) {
            Run run = best(contender, next);
            if (run.figures().quantile(MOST) <= limit) {
                within = next.number();
                found = next;
                best = run;
            } else {
                beyond = next.number();
            }
            int middle = beyond > from.number() * CLIENTS_FACTOR_MAX ? within * 2 : (within + beyond) / 2;
            next = new SessionArrivals.Clients(Math.clamp(middle, within + 1, Math.max(within + 1, beyond - 1)));
        }
        return row(contender.name(), found, best, b1);
    }

    private List<Contender> others() {
        return contenders.stream()
                .filter(each -> !each.name().equals(Catalogue.B1.name()))
                .toList();
    }

    private Run best(Contender contender, SessionArrivals arrivals) {
        Scenario point = point(arrivals);
        Run best = null;
        int worse = 0;
        for (Policy policy : contender.variants().apply(point)) {
            Run run = new Run(policy.name(), LoadRun.of(point, policy, serving, arrivals));
            boolean better = best == null
                    || run.figures().totals().msPerToken()
                            < best.figures().totals().msPerToken();
            best = better ? run : best;
            worse = better ? 0 : worse + 1;
            if (worse == WORSE_IN_A_ROW) {
                break;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(contender.name() + " has no variant");
        }
        return best;
    }

    private Scenario point(SessionArrivals arrivals) {
        return switch (arrivals) {
            case SessionArrivals.Clients clients ->
                scenario.with(Math.max(1, scenario.requests() / clients.number()), scenario.seed());
            case SessionArrivals.Random random -> scenario;
        };
    }

    private LoadStudyRow row(String name, SessionArrivals arrivals, Run run, Run b1) {
        return LoadStudyRow.of(name, run.choice(), scenario, serving, arrivals, run.figures(), b1.figures());
    }
}
