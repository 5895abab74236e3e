package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Limits;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LogprobsBoundTest {
    @Test
    void asManyAsFitAndNotOneMore() {
        LogprobsBound.check(Api.CHAT, OptionalInt.of(0), 1, Limits.LOGPROBS_OF_REQUEST_MAX);
        LogprobsBound.check(Api.CHAT, OptionalInt.of(15), 4, 512);
        LogprobsBound.check(Api.CHAT, OptionalInt.empty(), 32, Limits.SEQUENCE_TOKENS_MAX);

        assertRefused(Api.CHAT, OptionalInt.of(0), 1, Limits.LOGPROBS_OF_REQUEST_MAX + 1, "logprobs");
        assertRefused(Api.CHAT, OptionalInt.of(15), 4, 513, "top_logprobs");
        assertRefused(Api.TEXT, OptionalInt.of(20), 32, Limits.SEQUENCE_TOKENS_MAX, "logprobs");
    }

    private static void assertRefused(Api api, OptionalInt logprobs, int texts, int maxTokens, String field) {
        assertThatThrownBy(() -> LogprobsBound.check(api, logprobs, texts, maxTokens))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.param()).isEqualTo(field))
                .hasMessageContaining("at most 32768")
                .hasMessageContaining("Lower '" + field + "'");
    }
}
