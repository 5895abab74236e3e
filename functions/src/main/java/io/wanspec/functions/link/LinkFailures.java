package io.wanspec.functions.link;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** From what the SDK throws to what the controller is told. */
final class LinkFailures {
    private static final int DETAIL_LENGTH_MAX = 600;

    private LinkFailures() {}

    /** @param thrown absent if the endpoint ended the stream without an error */
    static LinkFailure of(@Nullable Throwable thrown) {
        if (thrown == null) {
            return new LinkFailure("the endpoint ended the stream", true);
        }
        Throwable cause = unwrap(thrown);
        FailureKind kind = FailureKind.of(cause);
        return new LinkFailure("the endpoint failed: " + kind.words(), kind.loss(), MissingStreams.areToldBy(cause));
    }

    static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What happened in the words of whoever noticed it. For the log. */
    static String detail(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "it ended the stream";
        }
        Throwable cause = unwrap(thrown);
        String detail = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return detail.length() <= DETAIL_LENGTH_MAX ? detail : detail.substring(0, DETAIL_LENGTH_MAX);
    }
}
