package io.wanspec.simulator.run;

import io.wanspec.simulator.world.Wan;
import java.util.List;
import java.util.Optional;

/**
 * A way between the busy region and the draft region.
 *
 * @param name a pair of AWS regions, or the round trip in milliseconds
 * @param jitterMs mean delay on top of each message, one way
 */
public record WanRoute(String name, double rttMs, double jitterMs) {
    /**
     * Round trips from public ping tables of AWS regions. The jitter is an assumption of ours, about what long-lived streams
     * between regions show in quiet hours.
     */
    public static final List<WanRoute> REGIONS = List.of(
            new WanRoute("us-east-1/us-east-2", 16, 1),
            new WanRoute("us-east-1/eu-west-1", 67, 2),
            new WanRoute("us-east-1/us-west-2", 71, 2),
            new WanRoute("us-west-2/ap-east-1", 146, 3),
            new WanRoute("us-east-1/ap-east-1", 202, 3));

    public static WanRoute of(double rttMs) {
        String name = rttMs == Math.rint(rttMs) ? Long.toString((long) rttMs) : Double.toString(rttMs);
        return new WanRoute(name, rttMs, 0);
    }

    public static Optional<WanRoute> region(String name) {
        return REGIONS.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The scenario on this way; a pair of regions becomes part of its name and adds its jitter. */
    public Scenario place(Scenario scenario) {
        Wan wan = new Wan(
                rttMs,
                scenario.wan().jitterMs() + jitterMs,
                scenario.wan().loss(),
                scenario.wan().mbitPerS());
        Scenario placed = scenario.with(wan);
        return isPair() ? placed.named(scenario.name() + " " + name) : placed;
    }

    private boolean isPair() {
        return name.indexOf('/') >= 0;
    }
}
