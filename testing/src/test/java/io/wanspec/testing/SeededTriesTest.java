package io.wanspec.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

class SeededTriesTest {
    private static final List<Long> DRAWN = new ArrayList<>();

    @BeforeEach
    void nothingIsDrawn() {
        DRAWN.clear();
    }

    @Test
    void everyTryHasItsOwnSeedAndTheNextRunTheSame() {
        assertThat(run("draws", Map.of())).isEmpty();
        List<Long> first = List.copyOf(DRAWN);
        assertThat(first).hasSize(50).doesNotHaveDuplicates();
        DRAWN.clear();
        assertThat(run("draws", Map.of())).isEmpty();
        assertThat(DRAWN).isEqualTo(first);
    }

    @Test
    void anotherBaseGivesOtherInputsAndAFactorMore() {
        assertThat(run("draws", Map.of())).isEmpty();
        assertThat(run("draws", Map.of("wanspec.base", "1", "wanspec.tries", "2.5")))
                .isEmpty();
        assertThat(DRAWN).hasSize(50 + 125).doesNotHaveDuplicates();
        assertThat(run("draws", Map.of("wanspec.tries", "0")))
                .as("one at least")
                .isEmpty();
        assertThat(DRAWN).hasSize(50 + 125 + 1);
    }

    @Test
    void anotherTestHasOtherInputs() {
        assertThat(run("draws", Map.of())).isEmpty();
        assertThat(run("drawsToo", Map.of())).isEmpty();
        assertThat(DRAWN).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aFailureEndsTheTriesAndNamesTheSeedThatReplaysIt() {
        List<String> failures = run("failsNowAndThen", Map.of());
        assertThat(failures).hasSize(1);
        int tries = DRAWN.size();
        assertThat(failures.getFirst())
                .startsWith("try " + tries + " failed, seed ")
                .contains("-pl testing -am -Dtest='Samples#failsNowAndThen'")
                .contains("one in eight: " + DRAWN.getLast());
        Matcher seed = Pattern.compile("-Dwanspec.seed=(-?\\d+)").matcher(failures.getFirst());
        assertThat(seed.find()).isTrue();
        assertThat(run("failsNowAndThen", Map.of("wanspec.seed", seed.group(1))))
                .singleElement()
                .asString()
                .startsWith("try 1 failed, seed " + seed.group(1));
        assertThat(DRAWN).hasSize(tries + 1).endsWith(DRAWN.get(tries - 1));
    }

    /** The messages of what failed. */
    private static List<String> run(String method, Map<String, String> settings) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Samples.class, method, "java.util.Random"))
                .configurationParameters(settings)
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.finished(1))
                .finished()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(Throwable::getMessage)
                .toList();
    }

    /** Not found by a build by itself: neither its name nor its place is that of a test. */
    static final class Samples {
        @SeededTest(tries = 50)
        void draws(Random random) {
            DRAWN.add(random.nextLong());
        }

        @SeededTest(tries = 50)
        void drawsToo(Random random) {
            DRAWN.add(random.nextLong());
        }

        @SeededTest(tries = 10_000)
        void failsNowAndThen(Random random) {
            DRAWN.add(random.nextLong());
            assertThat(DRAWN.getLast() % 8)
                    .as("one in eight: " + DRAWN.getLast())
                    .isNotZero();
        }
    }
}
