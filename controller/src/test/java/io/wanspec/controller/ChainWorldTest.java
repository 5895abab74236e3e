package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Seeded schedules of faults around the real controller, with chains of draft tokens by workers that share no code with the real ones;
 * the simulator has the real ones. Replay one with {@code -Dwanspec.seed=N}.
 */
class ChainWorldTest {
    private static final int SEEDS = Integer.getInteger("wanspec.seeds", 3_000);

    @Test
    void everyScheduleEndsWithTheTargetsText() {
        Long only = Long.getLong("wanspec.seed");
        int finished = 0;
        for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            try {
                finished += runOne(seed) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " failed; replay: mvn test -pl controller -am -Dtest=ChainWorldTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dwanspec.seed=" + seed,
                        e);
            }
        }
        if (only == null) {
            assertThat(finished).as("most schedules let the request finish").isGreaterThan(SEEDS / 2);
        }
    }

    private static boolean runOne(long seed) {
        Random random = new Random(seed * 7_919);
        HashModel model = new HashModel(seed, random.nextDouble(), random.nextBoolean() ? 0 : 0.02);
        World.Faults faults = faults(random);
        int prompt = 1 + random.nextInt(5);
        GenerationRequest request = new GenerationRequest(
                new SessionId("s" + seed),
                Tokens.of(random.ints(prompt, 1, 50).toArray()),
                SamplingOptions.greedy(),
                1 + random.nextInt(60),
                List.of());
        World world = new World(seed, model, faults, request, settings(random));
        Action last = world.run();
        return switch (last) {
            case Action.Finish finish -> {
                assertThat(world.emitted()).isEqualTo(world.expected());
                assertThat(finish.tally().tokens()).isEqualTo(world.expected());
                yield true;
            }
            case Action.Fail fail -> {
                assertThat(faults.targetLoss() + faults.forget()).isGreaterThan(0);
                assertThat(fail.code()).isEqualTo(FailureCode.TARGET_UNAVAILABLE);
                yield false;
            }
            default -> throw new AssertionError(last);
        };
    }

    private static World.Faults faults(Random random) {
        return new World.Faults(
                rarely(random, 0.2),
                rarely(random, 0.2),
                rarely(random, 0.3),
                rarely(random, 0.02),
                rarely(random, 0.5),
                rarely(random, 0.02),
                rarely(random, 0.02),
                random.nextInt(120),
                random.nextInt(20));
    }

    private static double rarely(Random random, double most) {
        return random.nextInt(3) > 0 ? 0 : random.nextDouble() * most;
    }

    private static ControllerSettings settings(Random random) {
        Redundancy redundancy = switch (random.nextInt(4)) {
            case 0 -> new Redundancy.Never();
            case 2 -> new Redundancy.Value(Price.share(random.nextDouble()), 1 + random.nextInt(8));
            case 1 -> new Redundancy.Always();
            default -> new Redundancy.Entropy(random.nextDouble() * 3);
        };
        int run = random.nextInt(12);
        return switch (random.nextInt(5)) {
            case 0 -> ControllerSettings.plain(World.TARGET);
            case 1 -> ControllerSettings.colocated(World.TARGET, World.BUSY, run);
            case 2 -> ControllerSettings.wanspec(World.TARGET, List.of(World.REMOTE), redundancy);
            case 3 ->
                ControllerSettings.wanspec(World.TARGET, List.of(World.REMOTE, World.REMOTE_2, World.BUSY), redundancy);
            default -> ControllerSettings.wanspec(World.TARGET, List.of(World.REMOTE, World.BUSY), redundancy);
        };
    }
}
