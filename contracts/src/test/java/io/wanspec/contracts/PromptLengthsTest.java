package io.wanspec.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import org.junit.jupiter.api.Test;

/** How long the prompt is, is said twice where there are rules: there is no telling which of two answers is right. */
final class PromptLengthsTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);

    @Test
    void agree() {
        assertThat(open(ruled(2)).promptTokens()).isEqualTo(2);
        assertThat(generate(ruled(3)).prompt()).isEqualTo(PROMPT);
    }

    @Test
    void orAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> open(ruled(3))).withMessageContaining("promptTokens");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generate(ruled(2)))
                .withMessageContaining("promptTokens");
    }

    private static TargetFrame.Open open(SamplingOptions sampling) {
        return new TargetFrame.Open(ProtocolVersion.CURRENT, new SessionId("s"), sampling, PROMPT, 2);
    }

    private static Invocation.Generate generate(SamplingOptions sampling) {
        return new Invocation.Generate(PROMPT, sampling, 5);
    }

    private static SamplingOptions ruled(int promptTokens) {
        return new SamplingOptions(0, 0, 1, 0, SamplingRules.none(promptTokens));
    }
}
