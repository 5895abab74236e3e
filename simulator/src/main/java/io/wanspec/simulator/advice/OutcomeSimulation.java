package io.wanspec.simulator.advice;

import io.wanspec.simulator.load.LoadStudy;
import io.wanspec.simulator.load.ServedCosts;
import io.wanspec.simulator.load.Serving;
import io.wanspec.simulator.load.SessionArrivals;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Crew;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.WanRoute;
import io.wanspec.simulator.world.LinearPassTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Fills a grid of places and loads by simulating each: the reference scenario's target and drafts, goal economy, one remote worker a
 * session. Co-located speculation does not depend on the place, so it is simulated once for each load.
 */
public final class OutcomeSimulation {
    /** All sessions together; each session has one at least. */
    private static final int REQUESTS = 128;

    private static final int TOKENS = 128;
    private static final long SEED = 1;

    /** Of a message, one way, on top: an assumption, as {@link WanRoute} has it. */
    private static final double JITTER_MS = 2;

    private static final Contender ECONOMY = Catalogue.find("economy").orElseThrow();

    private OutcomeSimulation() {}

    /** The grid that lies in the repository, simulated anew: as lines of {@code outcomes.csv}. */
    public static List<String> kept(int threads, Crew.Progress progress) throws InterruptedException {
        return OutcomeTable.lines(run(OutcomeGrid.KEPT, threads, progress));
    }

    static List<Cell> run(OutcomeGrid grid, int threads, Crew.Progress progress) throws InterruptedException {
        try (Crew crew = new Crew(threads, progress)) {
            List<Callable<ServedCosts>> baselines = new ArrayList<>();
            grid.sessions().forEach(sessions -> baselines.add(() -> b1(sessions)));
            List<ServedCosts> b1 = crew.all(baselines);
            List<Callable<Cell>> cells = new ArrayList<>();
            for (int i = 0; i < grid.sessions().size(); i++) {
                int sessions = grid.sessions().get(i);
                ServedCosts beside = b1.get(i);
                grid.draftMs()
                        .forEach(draftMs -> grid.rttMs()
                                .forEach(rttMs -> cells.add(() -> new Cell(
                                        rttMs,
                                        draftMs,
                                        sessions,
                                        new Outcome(economy(rttMs, draftMs, sessions), beside)))));
            }
            return crew.all(cells);
        }
    }

    static ServedCosts economy(double rttMs, double draftMs, int sessions) {
        return costs(ECONOMY, rttMs, draftMs, sessions);
    }

    static ServedCosts b1(int sessions) {
        return costs(Catalogue.B1, 0, DraftingCosts.PASS_MS, sessions);
    }

    private static ServedCosts costs(Contender contender, double rttMs, double draftMs, int sessions) {
        Scenario scenario = new WanRoute("grid", rttMs, rttMs == 0 ? 0 : JITTER_MS)
                .place(Scenario.reference(rttMs))
                .with(new LinearPassTimes(40, 0.2, DraftingCosts.BUSY_PASS_MS, draftMs, DraftingCosts.ROW_SHARE))
                .withTokens(TOKENS)
                .with(Math.max(REQUESTS, sessions), SEED);
        return new LoadStudy(scenario, Serving.REFERENCE, List.of())
                .costs(contender, new SessionArrivals.Clients(sessions));
    }

    /** A cell of the grid. */
    record Cell(double rttMs, double draftMs, int sessions, Outcome outcome) {}
}
