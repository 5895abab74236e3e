package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.handler.timeout.ReadTimeoutException;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.controller.LinkLoss;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;

final class FailureKindTest {
    static Stream<Arguments> networkFailures() {
        return Stream.of(
                arguments(new ConnectException("refused"), FailureKind.UNREACHABLE),
                arguments(new UnknownHostException("nowhere"), FailureKind.UNREACHABLE),
                arguments(new IOException("reset"), FailureKind.CONNECTION_LOST),
                arguments(new IOException("Read timed out", ReadTimeoutException.INSTANCE), FailureKind.TIMED_OUT),
                arguments(new Throwable("acquire", new TimeoutException("acquire")), FailureKind.TIMED_OUT),
                arguments(
                        new Throwable("limit", new IllegalStateException("Too many outstanding acquire operations")),
                        FailureKind.BUSY),
                arguments(
                        new TimeoutException("Acquire operation took longer than configured maximum time"),
                        FailureKind.BUSY),
                arguments(new IllegalStateException("a bug"), FailureKind.OTHER));
    }

    @ParameterizedTest
    @MethodSource("networkFailures")
    void theMostTellingExceptionDecides(Throwable network, FailureKind kind) {
        assertThat(FailureKind.of(SdkClientException.create("Unable to execute HTTP request", network)))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED, false",
        "404, REFUSED, false",
        "403, DENIED, false",
        "424, MODEL_FAILED, true",
        "429, BUSY, true",
        "500, UNAVAILABLE, true",
        "503, UNAVAILABLE, true",
        "530, NO_ANSWER, true",
        "0, BROKEN_OFF, true"
    })
    void whatTheServiceAnsweredIsKnownByItsStatus(int status, FailureKind kind, boolean mayRetry) {
        var answered = SageMakerRuntimeException.builder().statusCode(status).build();

        assertThat(FailureKind.of(answered)).isEqualTo(kind);
        assertThat(LinkFailures.of(new CompletionException(answered)).mayRetry())
                .isEqualTo(mayRetry);
    }

    /** What nobody took cannot have ended a server. */
    @ParameterizedTest
    @CsvSource({"503, UNREACHABLE", "530, BROKEN", "424, BROKEN", "0, BROKEN"})
    void whoCouldNotBeReachedIsToldFromWhoWasLost(int status, LinkLoss loss) {
        var answered = SageMakerRuntimeException.builder().statusCode(status).build();
        assertThat(LinkFailures.of(answered).loss()).isEqualTo(loss);
        assertThat(LinkFailures.of(SdkClientException.create("x", new ConnectException("refused")))
                        .loss())
                .isEqualTo(LinkLoss.UNREACHABLE);
    }

    @Test
    void anInvalidFrameWillBeInvalidTheNextTime() {
        var invalid = Assertions.catchThrowableOfType(
                FrameException.class, () -> FrameCodec.decodeTarget("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(LinkFailures.of(invalid))
                .isEqualTo(new LinkFailure("the endpoint failed: what it sent is not understood", false));
    }

    @Test
    void clientsReadPlainWordsAndTheLogWhatTheSdkSaid() {
        var thrown = new ExecutionException(SdkClientException.builder()
                .message("Unable to execute HTTP request (SDK Attempt Count: 1)")
                .cause(new IOException("reset"))
                .build());

        assertThat(LinkFailures.of(thrown))
                .isEqualTo(new LinkFailure("the endpoint failed: the connection broke", true));
        assertThat(LinkFailures.detail(thrown)).contains("SdkClientException", "SDK Attempt Count");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void wordsGoOnASentence(FailureKind kind) {
        assertThat(kind.words()).matches("[a-z][a-z ]+").doesNotContainIgnoringCase("sdk");
    }
}
