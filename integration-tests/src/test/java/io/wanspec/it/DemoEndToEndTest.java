package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.TimelineWish;
import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TimelineToken;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.evaluation.demo.ChatClient;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.demo.Demo;
import io.wanspec.evaluation.demo.DemoComparison;
import io.wanspec.evaluation.demo.Run;
import io.wanspec.local.launch.Pace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demonstration with everything real, tiny models included. */
class DemoEndToEndTest {
    private static final int TOKENS = 64;

    @Test
    void theThreeModesAgreeAcrossTheNetwork() throws Exception {
        TinyCloud cloud = TinyCloud.shared(20, 0, Pace.REFERENCE);
        try (ChatClient client = new ChatClient(cloud.gateway(), Duration.ofMinutes(1))) {
            DemoComparison comparison = new Demo(client, new Quiet()).run(request());
            assertThat(comparison.identical()).isTrue();
            assertThat(comparison.wanspec().ledger().tokens()).isEqualTo(TOKENS);
            comparison.runs().forEach(DemoEndToEndTest::itsTimelineTellsTheSame);
        }
    }

    private static void itsTimelineTellsTheSame(Run run) {
        List<TimelineEvent> events = TimelineCodec.decodeAll(String.join("\n", run.timeline()));
        List<TimelineToken> tokens = events.stream()
                .filter(TimelineEvent.Pass.class::isInstance)
                .flatMap(pass -> ((TimelineEvent.Pass) pass).tokens().stream())
                .toList();
        assertThat(tokens.stream().map(TimelineToken::id).toList())
                .isEqualTo(
                        Arrays.stream(run.ledger().tokenIds().toArray()).boxed().toList());
        assertThat(tokens.stream().map(TimelineToken::text).collect(Collectors.joining()))
                .isEqualTo(run.text());
        assertThat(events.getLast()).isInstanceOfSatisfying(TimelineEvent.End.class, end -> {
            assertThat(end.dropped()).isZero();
            assertThat(Objects.requireNonNull(end.ledger()).path("wanBytes").asLong())
                    .isEqualTo(run.ledger().wanBytes());
        });
        if (run.mode() == Mode.WANSPEC) {
            assertThat(tokens).extracting(TimelineToken::source).contains(TokenSource.REMOTE);
        }
    }

    private static ChatRequest request() {
        return new ChatRequest(
                TinyCloud.MODEL,
                "Why?",
                TOKENS,
                0.8,
                1,
                OptionalLong.of(42),
                Speculation.of(Goal.ECONOMY).with(TimelineWish.TEXT));
    }

    private static final class Quiet implements Demo.Listener {
        @Override
        public void warmingUp(Mode mode) {}

        @Override
        public void began(Mode mode) {}

        @Override
        public void text(Mode mode, String piece) {}

        @Override
        public void ended(Run run) {}
    }
}
