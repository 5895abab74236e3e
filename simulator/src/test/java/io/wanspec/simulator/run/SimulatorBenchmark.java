package io.wanspec.simulator.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;

/**
 * Simulated tokens a second of one thread's processor time, policy by policy. Run by hand, since other work on the machine
 * disturbs it: {@code java -XX:+UseSerialGC -cp ... io.wanspec.simulator.run.SimulatorBenchmark [REQUESTS]}.
 */
final class SimulatorBenchmark {
    private static final int REQUESTS_DEFAULT = 300;
    private static final int WARM_UPS = 2;
    private static final double RTT_MS = 50;
    private static final List<String> POLICIES =
            List.of("b0", "b1", "b1p", "b2", "paper", "economy", "fast", "eager", "ladder-two-workers");

    private SimulatorBenchmark() {}

    public static void main(String[] arguments) {
        int requests = arguments.length == 0 ? REQUESTS_DEFAULT : Integer.parseInt(arguments[0]);
        Scenario scenario = WanRoute.of(RTT_MS).place(Scenarios.reference()).with(requests, 1);
        for (String name : POLICIES) {
            List<Policy> variants =
                    Catalogue.find(name).orElseThrow().variants().apply(scenario);
            // A run length near the best.
            Policy policy = variants.get(Math.min(4, variants.size() - 1));
            for (int i = 0; i < WARM_UPS; i++) {
                Experiment.run(scenario, policy);
            }
            System.out.printf(Locale.ROOT, "%-20s %,10.0f tokens a second%n", name, tokensASecond(scenario, policy));
        }
    }

    private static double tokensASecond(Scenario scenario, Policy policy) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        Totals totals = Experiment.run(scenario, policy);
        return totals.tokens() * 1e9 / (threads.getCurrentThreadCpuTime() - before);
    }
}
