package io.wanspec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> happened = new ArrayList<>();

    @Test
    void thingsHappenInTheOrderOfTheirTimesAndOfTheirPlanning() {
        record Planned(long at, int order) {}
        SplittableRandom random = new SplittableRandom(3);
        List<Planned> all = new ArrayList<>();
        List<Planned> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Planned planned = new Planned(random.nextInt(50), i);
            all.add(planned);
            time.at(planned.at(), () -> seen.add(planned));
        }
        runAll();
        assertThat(seen)
                .isEqualTo(all.stream()
                        .sorted(Comparator.comparingLong(Planned::at).thenComparingInt(Planned::order))
                        .toList());
    }

    @Test
    void whatIsPlannedForThePresentComesBehindWhatWasPlannedForItBefore() {
        time.at(5, () -> {
            time.at(5, () -> happened.add("third"));
            happened.add("first");
        });
        time.at(5, () -> happened.add("second"));
        time.at(6, () -> happened.add("fourth"));
        runAll();
        assertThat(happened).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void thePastIsOver() {
        time.at(5, () -> {});
        runAll();
        assertThatThrownBy(() -> time.at(4, () -> {})).hasMessageContaining("cannot plan for 4 ns at 5 ns");
    }

    @Test
    void anAlarmGoesOffWhenItWasLastSetFor() {
        Alarm alarm = new Alarm(time, at -> happened.add("rang at " + at + ", is " + time.now()));
        alarm.set(50);
        alarm.set(10);
        time.at(4, () -> alarm.set(30));
        runAll();
        assertThat(happened).containsExactly("rang at 30, is 30");
    }

    @Test
    void anAlarmKeepsItsPlaceAmongThingsOfTheSameTime() {
        Alarm alarm = new Alarm(time, at -> happened.add("alarm"));
        alarm.set(10);
        time.at(20, () -> happened.add("before"));
        alarm.set(20);
        time.at(20, () -> happened.add("behind"));
        runAll();
        assertThat(happened).containsExactly("before", "alarm", "behind");
    }

    @Test
    void anAlarmThatIsCancelledIsSilent() {
        Alarm alarm = new Alarm(time, at -> happened.add("alarm"));
        alarm.set(10);
        alarm.cancel();
        runAll();
        assertThat(happened).isEmpty();
    }

    private void runAll() {
        while (time.step()) {
            // Every happening is written down by itself.
        }
    }
}
