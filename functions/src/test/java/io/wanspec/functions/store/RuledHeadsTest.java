package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Tokens;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.table.Item;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What functions make of a head that know neither rules nor log-probabilities: they read {@code temperature}, and fail without it. */
final class RuledHeadsTest {
    @Test
    void cannotBeReadByWhoeverWouldIgnoreTheRules() {
        SessionRequest ruled = SampleSessions.request("s", SampleSessions.PROMPT);
        for (SessionHead head : List.of(head(ruled), head(plain(ruled, OptionalInt.of(2))))) {
            Item item = HeadItem.write(head);
            assertThat(item.findText("temperature")).isEmpty();
            assertThat(HeadItem.read(item)).isEqualTo(head);
        }
    }

    @Test
    void othersCan() {
        SessionHead head = head(plain(SampleSessions.request("s", SampleSessions.PROMPT), OptionalInt.empty()));
        Item item = HeadItem.write(head);
        assertThat(item.text("temperature")).isEqualTo("0.7");
        assertThat(HeadItem.read(item)).isEqualTo(head);
    }

    private static SessionHead head(SessionRequest request) {
        return SessionHead.of(
                request, Lease.first("me", SampleSessions.NOW), SampleSessions.NOW, SampleSessions.NOW.plusSeconds(60));
    }

    private static SessionRequest plain(SessionRequest ruled, OptionalInt logprobs) {
        GenerationRequest of = ruled.generation();
        var generation = new GenerationRequest(
                of.session(),
                of.prompt(),
                of.sampling().withoutRules(),
                of.maxTokens(),
                of.stop(),
                logprobs,
                Tokens.none());
        return new SessionRequest(
                generation,
                ruled.speculation(),
                ruled.target(),
                ruled.workers(),
                ruled.terms(),
                ruled.account(),
                ruled.arrivedNanos());
    }
}
