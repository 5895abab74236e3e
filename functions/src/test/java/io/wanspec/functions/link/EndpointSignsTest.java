package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.settings.EndpointAddress;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.SageMakerRuntimeHttp2Exception;

/** What an endpoint's errors say beside their status. */
final class EndpointSignsTest {
    @Test
    void anEndpointAtZeroIsToldFromOneThatDoesNotExist() {
        var atZero = ValidationErrorException.builder()
                .statusCode(400)
                .message("Inference Component has no capacity to process this request. ApplicationAutoScaling may be")
                .build();
        var unknown = ValidationErrorException.builder()
                .statusCode(400)
                .message("Endpoint x of account 0 not found.")
                .build();

        assertThat(FailureKind.of(atZero)).isEqualTo(FailureKind.STARTING);
        assertThat(FailureKind.of(unknown)).isEqualTo(FailureKind.REFUSED);
        assertThat(FailureKind.of(
                        ModelNotReadyException.builder().statusCode(429).build()))
                .isEqualTo(FailureKind.STARTING);
    }

    @ParameterizedTest
    @CsvSource({"LOADING, STARTING, STARTING", "OVERLOADED, BUSY, BUSY", "INTERNAL, MODEL_FAILED, BROKEN"})
    void aModelServersOwnWordIsRead(String code, FailureKind kind, LinkLoss loss) {
        var error = ModelErrorException.builder()
                .statusCode(424)
                .originalStatusCode(503)
                .originalMessage("{\"type\":\"failed\",\"code\":\"" + code + "\",\"field\":\"\",\"message\":\"m\"}")
                .build();

        assertThat(FailureKind.of(error)).isEqualTo(kind);
        assertThat(LinkFailures.of(error).loss()).isEqualTo(loss);
    }

    /** A relay that waits for a worker is at no fault, and the question is none; it is asked again. */
    @ParameterizedTest
    @CsvSource({"424, LOADING, false, true", "400, BAD_REQUEST, true, false", "503, LOADING, false, true"})
    void whoWaitsForAnotherIsStarting(int status, String code, boolean requestAtFault, boolean starting) {
        var error = ModelErrorException.builder()
                .statusCode(424)
                .originalStatusCode(status)
                .originalMessage("{\"type\":\"failed\",\"code\":\"" + code + "\",\"field\":\"\",\"message\":\"m\"}")
                .build();
        EndpointException failure = EndpointFailures.of(new EndpointAddress("us-east-1", "relay", null), error);
        assertThat(failure.isRequestAtFault()).isEqualTo(requestAtFault);
        assertThat(failure.isStarting()).isEqualTo(starting);
    }

    @ParameterizedTest
    @CsvSource({
        "404, UnknownOperationException, true",
        "405, '', true",
        "400, ValidationException, true",
        "400, InputValidationError, false",
        "400, ThrottlingException, false",
        "503, ServiceUnavailableError, false"
    })
    void streamsThatAreNotOfferedAreKnown(int status, String code, boolean missing) {
        var answered = SageMakerRuntimeHttp2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertThat(LinkFailures.of(answered).streamsMissing()).isEqualTo(missing);
    }

    @Test
    void soIsAPortThatNobodyListensOnAndAContainerWithoutTheRoute() {
        assertThat(LinkFailures.of(SdkClientException.create("x", new ConnectException("refused")))
                        .streamsMissing())
                .isTrue();
        var noRoute = software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelErrorException.builder()
                .statusCode(424)
                .originalStatusCode(404)
                .build();
        assertThat(LinkFailures.of(noRoute).streamsMissing()).isTrue();
    }
}
