package io.wanspec.simulator.study;

import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Crew;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.run.WanRoute;
import java.util.ArrayList;
import java.util.List;

/**
 * A study, checked.
 *
 * @param scenario with its requests and its first seed
 * @param threads that share the work; they do not change the findings
 */
public record StudyOptions(Scenario scenario, List<WanRoute> routes, List<Contender> policies, int threads) {
    public static final String RTT_DEFAULT = "10,20,30,50,70,100,150,200";
    public static final int REQUESTS_DEFAULT = 100;

    private static final int REQUESTS_MAX = 100_000;
    private static final double RTT_MS_MAX = 10_000;

    public StudyOptions {
        routes = List.copyOf(routes);
        policies = List.copyOf(policies);
    }

    /** The values as they are typed. */
    public record Typed(String scenario, String rtt, String policy, String requests, String seed, String threads) {}

    public static StudyOptions of(Typed typed) throws BadOption {
        return of(scenario(typed.scenario()), typed);
    }

    /** On a recorded trace, whatever {@link Typed#scenario} is. */
    public static StudyOptions of(Typed typed, Replay.Typed replay) throws BadOption {
        return of(Replay.scenario(replay), typed);
    }

    private static StudyOptions of(Scenario scenario, Typed typed) throws BadOption {
        int requests = (int) whole("--requests", typed.requests(), 1, REQUESTS_MAX, "" + REQUESTS_DEFAULT);
        long seed = whole("--seed", typed.seed(), 0, Long.MAX_VALUE / 2, "1");
        int threads = (int) whole("--threads", typed.threads(), 1, Crew.THREADS_MAX, "2");
        return new StudyOptions(scenario.with(requests, seed), routes(typed.rtt()), policies(typed.policy()), threads);
    }

    private static Scenario scenario(String name) throws BadOption {
        return Scenarios.find(name)
                .orElseThrow(() -> new BadOption(
                        "--scenario", name, "one of " + String.join(", ", Scenarios.names()), "reference"));
    }

    private static List<WanRoute> routes(String list) throws BadOption {
        List<WanRoute> routes = new ArrayList<>();
        for (String each : list.split(",", -1)) {
            String name = each.strip();
            routes.add(
                    WanRoute.region(name).isPresent() ? WanRoute.region(name).get() : WanRoute.of(milliseconds(name)));
        }
        return routes;
    }

    private static double milliseconds(String text) throws BadOption {
        try {
            double ms = Double.parseDouble(text);
            if (ms >= 0 && ms <= RTT_MS_MAX) {
                return ms;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        List<String> pairs = WanRoute.REGIONS.stream().map(WanRoute::name).toList();
        throw new BadOption(
                "--rtt",
                text,
                "a list of milliseconds from 0 to 10000 or of " + String.join(", ", pairs),
                "20,50,us-east-1/us-west-2");
    }

    /** Names, or {@code policies} for the compared ones, or {@code all}. */
    private static List<Contender> policies(String list) throws BadOption {
        List<Contender> policies = new ArrayList<>();
        for (String each : list.split(",", -1)) {
            String name = each.strip();
            switch (name) {
                case "policies" -> policies.addAll(Catalogue.POLICIES);
                case "all" -> policies.addAll(Catalogue.all());
                default -> policies.add(policy(name));
            }
        }
        return policies.stream().distinct().toList();
    }

    private static Contender policy(String name) throws BadOption {
        List<String> names = Catalogue.all().stream().map(Contender::name).toList();
        return Catalogue.find(name)
                .orElseThrow(() -> new BadOption(
                        "--policy",
                        name,
                        "a list of policies, all, or of " + String.join(", ", names),
                        "b1,b2,economy"));
    }

    private static long whole(String option, String value, long min, long max, String remedy) throws BadOption {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw new BadOption(option, value, "a whole number from " + min + " to " + max, remedy);
    }
}
