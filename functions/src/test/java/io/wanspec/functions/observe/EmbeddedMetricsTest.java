package io.wanspec.functions.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as CloudWatch reads them. */
final class EmbeddedMetricsTest {
    private final List<String> lines = new ArrayList<>();
    private final EmbeddedMetrics metrics =
            new EmbeddedMetrics(lines::add, Clock.fixed(Instant.ofEpochMilli(1_764_000_000_000L), ZoneOffset.UTC));

    @Test
    void aSessionIsOneLine() throws Exception {
        RequestTrace trace = RequestTrace.fresh();
        var counts = SessionCounts.of(Mode.WANSPEC, finished());
        trace.around(() -> metrics.write(new SessionId("sess_1"), counts)).run();

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).doesNotContain("\n", "secret text");
        JsonNode line = new JsonMapper().readTree(lines.getFirst());
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").longValue()).isEqualTo(1_764_000_000_000L);
        assertThat(directive.at("/Namespace").asText()).isEqualTo("WANSpec");
        assertThat(directive.at("/Metrics").size()).isLessThanOrEqualTo(100);
        directive
                .at("/Metrics")
                .forEach(metric -> assertThat(
                                line.at("/" + metric.at("/Name").asText()).isNumber())
                        .isTrue());
        directive
                .at("/Dimensions")
                .forEach(set -> set.forEach(name ->
                        assertThat(line.at("/" + name.asText()).isTextual()).isTrue()));
        assertThat(line.at("/request").asText()).isEqualTo(trace.request().value());
        assertThat(line.at("/BusyRegionDraftPassesSaved").intValue()).isEqualTo(4);
        assertThat(line.at("/DraftTokensAccepted").intValue()).isEqualTo(4);
        assertThat(line.at("/TimePerToken").doubleValue()).isEqualTo(100);
    }

    private static SessionOutcome finished() {
        var ledger = new Ledger(
                "secret text", Tokens.of(1, 2, 3), 3, 2, 1, 9, List.of(3, 2), List.of(3, 1), 12.5, 400, 50, 250);
        return new SessionOutcome.Finished(FinishReason.LENGTH, ledger);
    }
}
