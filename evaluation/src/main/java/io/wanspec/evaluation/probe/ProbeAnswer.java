package io.wanspec.evaluation.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a slot.
 *
 * @param at when it was asked, as ISO 8601 has it
 * @param connectMs a TCP connection, opened and closed beforehand; absent if none could be
 * @param firstTokenMs from asking, over a fresh connection, until text came; absent if none did
 * @param tokensPerSecond behind the first; absent with fewer than two
 * @param tokens pieces of text that came, which is about as many tokens
 * @param failure in a word or two; absent if it was answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "endpoint",
    "region",
    "slot",
    "at",
    "connectMs",
    "firstTokenMs",
    "tokensPerSecond",
    "tokens",
    "totalMs",
    "failure"
})
public record ProbeAnswer(
        String endpoint,
        String region,
        int slot,
        String at,
        @Nullable Double connectMs,
        @Nullable Double firstTokenMs,
        @Nullable Double tokensPerSecond,
        int tokens,
        double totalMs,
        @Nullable String failure) {
    /** The hour of UTC, 0 to 23. */
    public int utcHour() {
        return (int) (Instant.parse(at).getEpochSecond() / 3600 % 24);
    }
}
