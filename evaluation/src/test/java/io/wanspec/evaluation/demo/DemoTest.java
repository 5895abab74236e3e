package io.wanspec.evaluation.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DemoTest {
    private static final ChatRequest REQUEST =
            new ChatRequest("m", "Why?", 128, 0, 1, OptionalLong.of(42), Speculation.of(Goal.ECONOMY));

    private final List<String> heard = new ArrayList<>();
    private Duration limit = Duration.ofMinutes(1);
    private FakeGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void warms_up_each_mode_and_then_asks_in_each() throws Exception {
        DemoComparison comparison = demo();
        assertThat(comparison.identical()).isTrue();
        assertThat(gateway.requests().stream()
                        .map(request -> request.at("/wanspec/mode").asText() + " " + request.get("max_tokens")))
                .containsExactly(
                        "wanspec 24",
                        "target-only 24",
                        "colocated 64",
                        "wanspec 128",
                        "target-only 128",
                        "colocated 128");
        assertThat(gateway.requests()).allMatch(request -> request.get("seed").asLong() == 42);
        assertThat(gateway.requests().getLast().at("/wanspec/run_length").asInt())
                .isEqualTo(comparison.runLength());
        assertThat(heard)
                .startsWith(
                        "warm WANSPEC",
                        "warm TARGET_ONLY",
                        "warm COLOCATED",
                        "warmed up",
                        "began WANSPEC",
                        "Sky ",
                        "is ",
                        "blue.")
                .contains("ended WANSPEC", "ended COLOCATED");
    }

    @Test
    void an_error_event_in_the_stream_is_told() {
        gateway.endWith("data: {\"error\":{\"message\":\"the target was lost\"}}\n\n");
        assertThatExceptionOfType(ChatFailure.class).isThrownBy(this::demo).withMessage("WANSpec: the target was lost");
    }

    @Test
    void a_stream_that_breaks_off_is_told() {
        gateway.endWith("");
        assertThatExceptionOfType(ChatFailure.class)
                .isThrownBy(this::demo)
                .withMessageContaining("ended early, after 12 characters");
    }

    @Test
    void a_refusal_is_told() {
        gateway.refuseWith(400);
        assertThatExceptionOfType(ChatFailure.class)
                .isThrownBy(this::demo)
                .withMessage("the gateway answered 400: temperature must be at most 2");
    }

    @Test
    void an_answer_without_an_end_is_given_up() {
        gateway.answerAfter(Duration.ofSeconds(2));
        limit = Duration.ofMillis(200);
        assertThatExceptionOfType(ChatFailure.class)
                .isThrownBy(this::demo)
                .withMessageContaining("no end of the answer");
    }

    @Test
    void reads_events_of_several_lines() {
        SseReader reader = new SseReader();
        assertThat(reader.line("event: x")).isEmpty();
        assertThat(reader.line("data: a")).isEmpty();
        assertThat(reader.line("data:b")).isEmpty();
        assertThat(reader.line("")).contains("a\nb");
        assertThat(reader.line("")).isEmpty();
    }

    private DemoComparison demo() throws Exception {
        try (ChatClient client = new ChatClient(gateway.uri(), limit)) {
            return new Demo(client, new Listener()).run(REQUEST);
        }
    }

    private final class Listener implements Demo.Listener {
        @Override
        public void warmedUp() {
            heard.add("warmed up");
        }

        @Override
        public void warmingUp(Mode mode) {
            heard.add("warm " + mode);
        }

        @Override
        public void began(Mode mode) {
            heard.add("began " + mode);
        }

        @Override
        public void text(Mode mode, String piece) {
            heard.add(piece);
        }

        @Override
        public void ended(Run run) {
            heard.add("ended " + run.mode());
        }
    }
}
