package io.wanspec.functions.link;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelErrorException;

/**
 * How it is known that duplex streams are not offered at an endpoint: the region does not know the call, nobody listens on its
 * port, or the container has no such route. An endpoint that is not there at all looks the same from here; trying single
 * calls then costs one more failure.
 */
final class MissingStreams {
    private static final Set<Integer> NOT_KNOWN = Set.of(404, 405, 426, 501);
    private static final Set<String> CODES = Set.of("UnknownOperationException", "ValidationException");

    private MissingStreams() {}

    static boolean areToldBy(Throwable cause) {
        return switch (cause) {
            case ModelErrorException model -> isNotKnown(model.originalStatusCode());
            case AwsServiceException answered -> isNotKnown(answered.statusCode()) || isNotKnown(answered);
            default -> FailureKind.of(cause) == FailureKind.UNREACHABLE;
        };
    }

    private static boolean isNotKnown(@Nullable Integer status) {
        return status != null && NOT_KNOWN.contains(status);
    }

    private static boolean isNotKnown(AwsServiceException answered) {
        var details = answered.awsErrorDetails();
        return details != null && details.errorCode() != null && CODES.contains(details.errorCode());
    }
}
