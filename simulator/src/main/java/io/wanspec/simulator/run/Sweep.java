package io.wanspec.simulator.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Many policies in many scenarios. The outcome does not depend on how many threads share the work. */
public final class Sweep {
    private final Crew crew;

    /** A policy in a scenario. */
    public record Point(Contender contender, Scenario scenario) {}

    public Sweep(Crew crew) {
        this.crew = crew;
    }

    /** One row for each point, in order. */
    public List<Row> run(List<Point> points) throws InterruptedException {
        Map<String, Totals> baselines = baselines(points);
        List<Callable<Row>> tasks = new ArrayList<>();
        for (Point point : points) {
            Totals b1 = Objects.requireNonNull(baselines.get(key(point.scenario())));
            tasks.add(() -> {
                Best best = Best.of(point.contender(), point.scenario());
                return Row.of(point.contender().name(), best.choice(), point.scenario(), best.totals(), b1);
            });
        }
        return crew.all(tasks);
    }

    private Map<String, Totals> baselines(List<Point> points) throws InterruptedException {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        points.forEach(point -> scenarios.putIfAbsent(key(point.scenario()), point.scenario()));
        List<Callable<Totals>> tasks = new ArrayList<>();
        scenarios
                .values()
                .forEach(scenario ->
                        tasks.add(() -> Best.of(Catalogue.B1, scenario).totals()));
        List<Totals> totals = crew.all(tasks);
        Map<String, Totals> found = new LinkedHashMap<>();
        int at = 0;
        for (String key : scenarios.keySet()) {
            found.put(key, totals.get(at++));
        }
        return found;
    }

    /** Co-located speculation is the same whatever the network is. */
    private static String key(Scenario scenario) {
        return scenario.name() + " " + scenario.requests() + " " + scenario.seed();
    }
}
