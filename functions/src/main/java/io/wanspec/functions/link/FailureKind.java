package io.wanspec.functions.link;

import io.netty.handler.timeout.TimeoutException;
import io.wanspec.contracts.frame.FrameException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What kind of failure an exception is, in words for clients: what the SDK says is for the log. */
enum FailureKind {
    /** There is no connection, so nothing was sent. */
    UNREACHABLE("no connection could be made", true),
    /** The connection broke, or had been closed by the peer when the request went out. */
    CONNECTION_LOST("the connection broke", true),
    TIMED_OUT("there was no answer in time", true),
    BUSY("it has too much to do now", true),
    UNAVAILABLE("it is not available now", true),
    /** The container answered with an error. */
    MODEL_FAILED("its model server failed", true),
    /** The stream ended by an error. */
    BROKEN_OFF("it broke off its stream", true),
    /** The caller may not call: so it will be the next time. */
    DENIED("it may not be used with these credentials", false),
    /** The request is at fault: so it will be the next time. */
    REFUSED("it refused the request", false),
    /** A frame or a body that nobody can read: so it will be the next time. */
    INVALID("what it sent is not understood", false),
    OTHER("the call failed", true);

    private static final int MODEL_ERROR_STATUS = 424;

    private final String words;
    private final boolean mayRetry;

    FailureKind(String words, boolean mayRetry) {
        this.words = words;
        this.mayRetry = mayRetry;
    }

    /** Goes on where a sentence began with the endpoint. */
    String words() {
        return words;
    }

    /** Whether the same may succeed later. */
    boolean mayRetry() {
        return mayRetry;
    }

    static FailureKind of(Throwable cause) {
        return switch (cause) {
            case SdkServiceException answered -> of(answered);
            case FrameException invalid -> INVALID;
            case IllegalArgumentException invalid -> INVALID;
            default -> ofNetwork(cause);
        };
    }

    private static FailureKind of(SdkServiceException answered) {
        int status = answered.statusCode();
        if (answered.isThrottlingException() || status == 429) {
            return BUSY;
        }
        if (status == MODEL_ERROR_STATUS) {
            return MODEL_FAILED;
        }
        if (status == 401 || status == 403) {
            return DENIED;
        }
        if (status >= 400 && status < MODEL_ERROR_STATUS) {
            return REFUSED;
        }
        return status < 400 ? BROKEN_OFF : UNAVAILABLE;
    }

    /** The SDK wraps what the network said, sometimes twice: the most telling exception decides. */
    private static FailureKind ofNetwork(Throwable thrown) {
        FailureKind kind = OTHER;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isUnreachable(cause)) {
                return UNREACHABLE;
            }
            if (isOutOfConnections(cause)) {
                return BUSY;
            }
            if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
                return TIMED_OUT;
            }
            if (cause instanceof IOException) {
                kind = CONNECTION_LOST;
            }
        }
        return kind;
    }

    /**
     * All connections are in use, and so many calls wait for one, or this one for so long. The SDK says so in words
     * only.
     */
    private static boolean isOutOfConnections(Throwable cause) {
        String message = cause.getMessage();
        return message != null
                && (message.startsWith("Too many outstanding acquire operations")
                        || message.startsWith("Acquire operation took longer"));
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }
}
