package io.wanspec.simulator.run;

import io.wanspec.simulator.text.MixedLanguage;
import io.wanspec.simulator.text.SignalModel;
import io.wanspec.simulator.text.TraceLanguage;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.world.LinearPassTimes;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.Wan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios by name. Each differs from the reference in what its name says. */
public final class Scenarios {
    private static final double[] MISMATCH_SHARES = {0.45, 0.15, 0.08};
    private static final double AUC = 0.8;
    private static final double ACCEPTANCE = 0.8;
    private static final double LOOKUP = 0.3;
    private static final int TOKENS = 256;

    /** Variants of the reference at no round trip; {@link Scenario#with(Wan)} places them. */
    private static final List<Scenario> ALL = List.of(
            named("reference", 0, PassTimes.reference(), ACCEPTANCE, AUC),
            named("acceptance-0.6", 0, PassTimes.reference(), 0.6, AUC),
            named("acceptance-0.7", 0, PassTimes.reference(), 0.7, AUC),
            named("acceptance-0.9", 0, PassTimes.reference(), 0.9, AUC),
            named("jitter-15", 15, PassTimes.reference(), ACCEPTANCE, AUC),
            named("blind", 0, PassTimes.reference(), ACCEPTANCE, 0.5),
            named("remote-6", 0, new LinearPassTimes(40, 0.2, 6, 6, 0.05), ACCEPTANCE, AUC),
            named("remote-12", 0, new LinearPassTimes(40, 0.2, 6, 12, 0.05), ACCEPTANCE, AUC),
            named("pair-8b-1b", 0, new LinearPassTimes(25, 0.2, 11.5, 11.5, 0.05), ACCEPTANCE, AUC));

    /** Greedy requests in turn with those at a temperature of 0.8. */
    private static final Scenario MIXED = reference()
            .with(new MixedLanguage(
                    new SignalModel(0.6, AUC, MISMATCH_SHARES), new SignalModel(0.35, AUC, MISMATCH_SHARES), 0.8))
            .named("mixed");

    private Scenarios() {}

    public static List<String> names() {
        return all().map(Scenario::name).toList();
    }

    private static Stream<Scenario> all() {
        return Stream.concat(ALL.stream(), Stream.of(MIXED));
    }

    /** What is not the reference, of one kind of request each. */
    public static List<Scenario> variants() {
        return ALL.subList(1, ALL.size());
    }

    public static Scenario reference() {
        return ALL.getFirst();
    }

    public static Optional<Scenario> find(String name) {
        return all().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * A trace once more. It has no free draft tokens, since none were recorded.
     *
     * @param temperature of the requests that are replayed
     * @param times of its own machine ({@link PassTimes#measured}), or any others
     * @param tokens of each answer; the next request's follow behind those that were recorded
     * @param requests how many answers; beyond the trace's own number its requests come again
     * @throws IllegalArgumentException if the trace has no request at this temperature
     */
    public static Scenario replay(Trace trace, double temperature, Wan wan, PassTimes times, int tokens, int requests) {
        TraceLanguage language = new TraceLanguage(trace, temperature);
        return new Scenario("trace at " + temperature, wan, times, language, 0, tokens, requests, 0);
    }

    private static Scenario named(String name, double jitterMs, PassTimes times, double acceptance, double auc) {
        return new Scenario(
                name,
                Wan.of(0).withJitter(jitterMs),
                times,
                new SignalModel(acceptance, auc, MISMATCH_SHARES),
                LOOKUP,
                TOKENS,
                100,
                1);
    }
}
