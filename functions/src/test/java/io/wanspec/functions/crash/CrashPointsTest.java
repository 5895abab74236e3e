package io.wanspec.functions.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrashPointsTest {
    private final List<Integer> halts = new ArrayList<>();

    @Test
    void aProcessDiesWhereAndWhenItWasTold() {
        Crash crash = Crash.parse("before-checkpoint:3", halts::add);
        crash.at(CrashPoint.BEFORE_CHECKPOINT);
        crash.at(CrashPoint.AFTER_CHECKPOINT);
        crash.at(CrashPoint.BEFORE_CHECKPOINT);
        assertThat(halts).isEmpty();
        crash.at(CrashPoint.BEFORE_CHECKPOINT);
        assertThat(halts).containsExactly(137);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "before-checkpoint",
                "before-checkpoint:0",
                "before-checkpoint:-1",
                "nowhere:1",
                "before-end:1:1"
            })
    void anythingElseIsRefused(String wanted) {
        assertThatThrownBy(() -> Crash.parse(wanted, halts::add)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Were it looked at, the word that says nothing would be refused; and this JVM goes on. */
    @Test
    void nothingHappensWhereNobodyAskedOrLambdaRunsIt() {
        Crash notAsked = Crash.of(null, Map.of());
        Crash onLambda = Crash.of("nowhere", Map.of("AWS_LAMBDA_FUNCTION_NAME", "api"));
        for (CrashPoint point : CrashPoint.values()) {
            notAsked.at(point);
            onLambda.at(point);
            point.reached();
        }
    }
}
