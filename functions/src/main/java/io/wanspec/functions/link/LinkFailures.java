package io.wanspec.functions.link;

import io.wanspec.contracts.frame.FrameException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** From what the SDK throws to what the controller is told. */
final class LinkFailures {
    private static final int REASON_LENGTH_MAX = 300;

    private LinkFailures() {}

    static LinkFailure of(@Nullable Throwable thrown) {
        if (thrown == null) {
            return new LinkFailure("the endpoint ended the stream", true);
        }
        Throwable cause = unwrap(thrown);
        return new LinkFailure(reason(cause), mayRetry(cause));
    }

    static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String reason(Throwable cause) {
        String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
    }

    /** A refusal of the request itself will come again; so will an invalid frame. Anything else may have been bad luck. */
    private static boolean mayRetry(Throwable cause) {
        if (cause instanceof SdkServiceException service) {
            int status = service.statusCode();
            return service.isThrottlingException() || status < 400 || status >= 424;
        }
        return !(cause instanceof FrameException || cause instanceof IllegalArgumentException);
    }
}
