package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.trace.RequestTrace;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages of the queue say. */
final class JobMessageTest {
    @SeededTest
    void whatIsWrittenIsRead(Random random) {
        var message = new JobMessage(
                new SessionId("sess_a-b"),
                Gen.between(random, 0, Integer.MAX_VALUE),
                Gen.between(random, 0, Integer.MAX_VALUE),
                random.nextBoolean()
                        ? JobOrigin.unknown()
                        : new JobOrigin(
                                Optional.of(Instant.ofEpochMilli(random.nextLong())),
                                Optional.of(RequestTrace.fresh())));

        assertThat(JobMessage.read(message.write())).isEqualTo(message);
    }

    @Test
    void aFirstMessageNeedNoTurn() {
        assertThat(JobMessage.read("{\"session\": \"sess_1\"}"))
                .isEqualTo(JobMessage.first(new SessionId("sess_1"), JobOrigin.unknown()));
    }

    @Test
    void aRequestWhoseNameCannotBeReadIsNoReasonToRefuseItsJob() {
        String body = "{\"session\": \"sess_1\", \"since\": \"soon\", \"request\": \"a\\nb\", \"trace\": \"0\"}";

        assertThat(JobMessage.read(body).origin()).isEqualTo(JobOrigin.unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "null",
                "{\"session\": 3}",
                "{\"session\": \"a b\"}",
                "{\"session\": \"sess_1\", \"turn\": -1}",
                "{\"session\": \"sess_1\", \"turn\": 1.5}",
                "{\"session\": \"sess_1\", \"cutOffs\": \"1\"}",
                "{\"session\": \"sess_1\", \"turn\": 99999999999}",
                "{\"session\": \"sess_1\""
            })
    void whatIsNoJobIsRefusedWithoutRepeatingIt(String body) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobMessage.read(body))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("99999", "a b"));
    }

    @SeededTest
    void anythingElseIsRefusedToo(Random random) {
        String body = Gen.anyText(random, 5_000);

        assertThatIllegalArgumentException().isThrownBy(() -> JobMessage.read(body));
    }
}
