package io.wanspec.simulator.fault;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.ControllerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One request and all that goes wrong with it.
 *
 * @param traits of the settings' workers, in order
 * @param crash probability that a {@link Trait#CRASHING} worker's link breaks, for each of its frames
 * @param hostile share of a {@link Trait#HOSTILE} worker's frames that are replaced by hostile ones
 * @param wakeDelayNanos most that a wake-up comes late
 * @param strayWakes share of the replaced wake-ups that come all the same
 * @param clientLeavesAt when the client leaves, in nanoseconds; {@link Long#MAX_VALUE} for never
 * @param encodes whether every frame goes through the codec
 * @param kill probability that the function is killed, for each of its events
 * @param random for what happens under way
 */
record FaultCase(
        GenerationRequest request,
        FaultText text,
        ControllerSettings settings,
        List<Trait> traits,
        LinkFaults there,
        LinkFaults back,
        TargetFaults target,
        double crash,
        double hostile,
        long wakeDelayNanos,
        double strayWakes,
        long clientLeavesAt,
        boolean encodes,
        double kill,
        Chances random) {
    static final ModelIdentity TARGET = new ModelIdentity("target", "0".repeat(64), "1".repeat(64), 64, 131_072);
    private static final long MS = 1_000_000;

    /** The same seed always gives the same case. */
    static FaultCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Chances chances = new Chances(random);
        FaultText text =
                new FaultText(seed, chances.between(8, 50), chances.upTo(1), chances.oneIn(3) ? chances.upTo(0.05) : 0);
        ControllerSettings settings = RandomSettings.of(chances, TARGET);
        List<Trait> traits = traits(settings, chances);
        return new FaultCase(
                request(seed, chances),
                text,
                settings,
                traits,
                link(chances),
                link(chances),
                target(chances),
                chances.upTo(0.2),
                chances.upTo(1),
                chances.oneIn(4) ? chances.between(0, 30) * MS : 0,
                chances.rarely(0.5),
                chances.oneIn(20) ? chances.between(0, 2_000) * MS : Long.MAX_VALUE,
                chances.oneIn(25),
                kill(seed),
                new Chances(random.split()));
    }

    /** Drawn apart, so that a seed's other faults stay what they are. */
    private static double kill(long seed) {
        Chances chances = new Chances(new SplittableRandom(~seed));
        return chances.oneIn(4) ? chances.upTo(0.1) : 0;
    }

    private static List<Trait> traits(ControllerSettings settings, Chances chances) {
        List<Trait> traits = new ArrayList<>();
        for (int i = 0; i < settings.workers().size(); i++) {
            traits.add(chances.oneIn(3) ? chances.oneOf(List.of(Trait.values())) : Trait.NOTHING);
        }
        return traits;
    }

    /** The same request for another function, perhaps of other settings, with other workers. */
    FaultCase inAnotherFunction() {
        ControllerSettings other = random.oneIn(2) ? settings : RandomSettings.of(random, TARGET);
        return new FaultCase(
                request,
                text,
                other,
                traits(other, random),
                there,
                back,
                target,
                crash,
                hostile,
                wakeDelayNanos,
                strayWakes,
                clientLeavesAt,
                encodes,
                kill,
                random);
    }

    private static GenerationRequest request(long seed, Chances chances) {
        int prompt = chances.oneIn(8) ? chances.between(1, 150) : chances.between(1, 6);
        int tokens = chances.oneIn(16) ? chances.between(1, 200) : chances.between(1, 40);
        List<String> stops = new ArrayList<>();
        for (int i = chances.oneIn(5) ? chances.between(1, 3) : 0; i > 0; i--) {
            stops.add(stop(chances));
        }
        return new GenerationRequest(
                new SessionId("s" + seed),
                Tokens.of(chances.ints(prompt, 1, 40)),
                SamplingOptions.greedy(),
                tokens,
                stops);
    }

    private static String stop(Chances chances) {
        StringBuilder stop = new StringBuilder();
        for (int c : chances.ints(chances.between(1, 3), 'a', 'f')) {
            stop.append((char) c);
        }
        return stop.toString();
    }

    private static LinkFaults link(Chances chances) {
        return new LinkFaults(
                chances.rarely(0.3),
                chances.rarely(0.3),
                chances.rarely(0.3),
                chances.between(0, 120) * MS,
                chances.oneIn(2) ? 0 : chances.between(0, 40) * MS);
    }

    private static TargetFaults target(Chances chances) {
        return new TargetFaults(
                chances.rarely(0.1),
                chances.rarely(0.1),
                chances.oneIn(8) ? chances.upTo(0.1) : 0,
                chances.oneIn(20) ? chances.upTo(0.1) : 0,
                chances.oneIn(20) ? chances.upTo(0.5) : 0,
                chances.rarely(0.5));
    }
}
