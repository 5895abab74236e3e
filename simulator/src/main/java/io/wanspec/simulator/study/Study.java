package io.wanspec.simulator.study;

import io.wanspec.simulator.run.Ablation;
import io.wanspec.simulator.run.Capacity;
import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Crew;
import io.wanspec.simulator.run.Prices;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.run.Sweep;
import io.wanspec.simulator.run.WanRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs studies. */
public final class Study {
    /** Requests of each user that count in the capacity study. */
    private static final int CAPACITY_REQUESTS = 1;

    /** Of each answer there: a crowd is slow to simulate, since its workers draft far ahead while it queues. */
    private static final int CAPACITY_TOKENS = 128;

    private static final List<WanRoute> FEW_ROUTES =
            Stream.of(20.0, 50.0, 100.0).map(WanRoute::of).toList();
    private static final WanRoute MIDDLE = WanRoute.of(50);
    private static final List<String> CAPACITY_POLICIES = List.of("b0", "eager", "economy", "fast");

    private final StudyOptions options;
    private final Listener listener;

    /** Is told what is being done and how far it is; from any thread. */
    public interface Listener extends Crew.Progress {
        Listener NONE = new Listener() {
            @Override
            public void part(String what) {}

            @Override
            public void at(int done, int of) {}
        };

        /** Another part begins. */
        void part(String what);
    }

    public Study(StudyOptions options, Listener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** The policies in the scenario on every route; with {@code capacity} the users of one target as well. */
    public Findings run(String command, boolean capacity) throws InterruptedException {
        try (Crew crew = new Crew(options.threads(), listener)) {
            List<Row> sweep = rows(
                    crew, "policies over the round trip", List.of(options.scenario()), options.routes(), policies());
            List<CapacityRow> users = capacity ? capacity(crew) : List.of();
            return new Findings(command, sweep, List.of(), List.of(), List.of(), List.of(), users);
        }
    }

    /** Everything that the report shows. */
    public Findings runAll(String command) throws InterruptedException {
        Scenario scenario = options.scenario();
        List<Scenario> one = List.of(scenario);
        List<Contender> ideas = Stream.concat(Ablation.ladder().stream(), Ablation.without().stream())
                .toList();
        try (Crew crew = new Crew(options.threads(), listener)) {
            return new Findings(
                    command,
                    rows(crew, "policies over the round trip", one, options.routes(), policies()),
                    rows(crew, "policies between regions", one, WanRoute.REGIONS, policies()),
                    rows(crew, "ideas one by one", one, FEW_ROUTES, ideas),
                    rows(crew, "prices of a busy-region pass", one, FEW_ROUTES, Prices.all()),
                    rows(crew, "other scenarios", variants(), List.of(MIDDLE), policies()),
                    capacity(crew));
        }
    }

    private List<Contender> policies() {
        return options.policies();
    }

    private List<Scenario> variants() {
        Scenario scenario = options.scenario();
        Stream<Scenario> others = Scenarios.variants().stream()
                .filter(each -> !each.name().equals(scenario.name()))
                .map(each -> each.with(scenario.requests(), scenario.seed()));
        return Stream.concat(Stream.of(scenario), others).toList();
    }

    private List<Row> rows(
            Crew crew, String what, List<Scenario> scenarios, List<WanRoute> routes, List<Contender> contenders)
            throws InterruptedException {
        listener.part(what);
        List<Sweep.Point> points = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (WanRoute route : routes) {
                contenders.forEach(each -> points.add(new Sweep.Point(each, route.place(scenario))));
            }
        }
        return new Sweep(crew).run(points);
    }

    private List<CapacityRow> capacity(Crew crew) throws InterruptedException {
        listener.part("users of one target");
        Scenario scenario = MIDDLE.place(options.scenario())
                .with(CAPACITY_REQUESTS, options.scenario().seed())
                .withTokens(CAPACITY_TOKENS);
        List<Contender> contenders = CAPACITY_POLICIES.stream()
                .map(name -> Catalogue.find(name).orElseThrow())
                .toList();
        return new Capacity(crew).run(scenario, Capacity.B1_USERS, contenders);
    }
}
