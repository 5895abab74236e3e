package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AttemptTest {
    private static final List<Invocation> INVOCATIONS = List.of(
            new Invocation.Describe(ProtocolVersion.CURRENT),
            new Invocation.Tokenize(null, "x"),
            new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), 8));

    @Test
    void aCallWhoseConnectionBrokeBeforeItsAnswerGoesOutOnceMore() {
        for (Invocation invocation : INVOCATIONS) {
            assertThat(new Attempt(invocation, 1, false).goesOutAgain(FailureKind.CONNECTION_LOST))
                    .as("%s", invocation)
                    .isTrue();
            assertThat(new Attempt(invocation, 2, false).goesOutAgain(FailureKind.CONNECTION_LOST))
                    .as("%s", invocation)
                    .isFalse();
        }
    }

    @Test
    void aCallWhoseAnswerHadBegunDoesNot() {
        for (Invocation invocation : INVOCATIONS) {
            assertThat(new Attempt(invocation, 1, true).goesOutAgain(FailureKind.CONNECTION_LOST))
                    .as("%s", invocation)
                    .isFalse();
        }
    }

    /** It may still be computed. */
    @Test
    void aPromptIsNotScoredTwice() {
        assertThat(new Attempt(new Invocation.Score(Tokens.of(1, 2), null, 0), 1, false)
                        .goesOutAgain(FailureKind.CONNECTION_LOST))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "CONNECTION_LOST")
    void norDoesACallThatFailedInAnotherWay(FailureKind kind) {
        assertThat(new Attempt(new Invocation.Describe(ProtocolVersion.CURRENT), 1, false).goesOutAgain(kind))
                .isFalse();
    }

    @Test
    void thereIsNoThirdTry() {
        assertThatThrownBy(() -> new Attempt(new Invocation.Describe(ProtocolVersion.CURRENT), 3, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
