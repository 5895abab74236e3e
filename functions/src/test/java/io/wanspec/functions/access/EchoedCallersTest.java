package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.emulator.toy.ToyModel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An echo is computed at its own key's expense, whoever the request says it is for. */
final class EchoedCallersTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ", \"n\": 2"})
    void theTargetIsToldTheKeysOwner(String options) throws Exception {
        try (KeyedStage keyed = new KeyedStage()) {
            Scored target = new Scored(keyed.stage.target);
            keyed.stage.serve("target", target);
            KeySecret key = keyed.key("mallory");
            var answer = keyed.post(
                    key,
                    "/v1/completions",
                    "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"echo\": true, \"logprobs\": 1, \"max_tokens\": 4,"
                            + " \"user\": \"key-owner:alice\"" + options + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(target.callers).containsExactly(AccessKey.callerOf("mallory"));
        }
    }

    @Test
    void repeatsUnderAKeyAreNotScored() throws Exception {
        try (KeyedStage keyed = new KeyedStage()) {
            Scored target = new Scored(keyed.stage.target);
            keyed.stage.serve("target", target);
            KeySecret key = keyed.key("alice");
            String plain = "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"echo\": true, \"max_tokens\": 4";
            for (String refused : List.of(plain + ", \"logprobs\": 0}", plain.replace("\"Once\"", "[5, 6]") + "}")) {
                var answer =
                        keyed.send(keyed.posted(key, "/v1/completions", refused).header("idempotency-key", "one"));
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("\"echo\"", "leave the header");
            }
            for (int times = 0; times < 2; times++) {
                var answer = keyed.send(
                        keyed.posted(key, "/v1/completions", plain + "}").header("idempotency-key", "two"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("\"text\":\"Once");
            }
            assertThat(target.callers).isEmpty();
        }
    }

    /** Notes on whose behalf prompts are scored. */
    private static final class Scored implements ToyModel {
        final List<@Nullable CallerId> callers = new CopyOnWriteArrayList<>();
        private final ToyModel model;

        Scored(ToyModel model) {
            this.model = model;
        }

        @Override
        public Reply invoke(Invocation invocation) {
            if (invocation instanceof Invocation.Score score) {
                callers.add(score.caller());
            }
            return model.invoke(invocation);
        }

        @Override
        public void generate(Invocation.Generate request, Lines lines) {
            model.generate(request, lines);
        }

        @Override
        public Duplex open(Consumer<byte[]> answers) {
            return model.open(answers);
        }
    }
}
