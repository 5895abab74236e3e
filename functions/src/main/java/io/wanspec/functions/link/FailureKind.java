package io.wanspec.functions.link;

import io.netty.handler.timeout.TimeoutException;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.controller.LinkLoss;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What kind of failure an exception is, in words for clients: what the SDK says is for the log. */
enum FailureKind {
    /** There is no connection, so nothing was sent. */
    UNREACHABLE("no connection could be made", LinkLoss.UNREACHABLE),
    /** The connection broke, or had been closed by the peer when the request went out. */
    CONNECTION_LOST("the connection broke", LinkLoss.BROKEN),
    TIMED_OUT("there was no answer in time", LinkLoss.BROKEN),
    BUSY("it has too much to do now", LinkLoss.BUSY),
    /** No instance took it. */
    UNAVAILABLE("it is not available now", LinkLoss.UNREACHABLE),
    /** An instance took it, and broke the connection. */
    NO_ANSWER("it is not available now", LinkLoss.BROKEN),
    /** It has been scaled to zero, or its model is still being loaded: that takes minutes. */
    STARTING("it has no instance in service yet", LinkLoss.STARTING),
    /** The container answered with an error. */
    MODEL_FAILED("its model server failed", LinkLoss.BROKEN),
    /** The stream ended by an error. */
    BROKEN_OFF("it broke off its stream", LinkLoss.BROKEN),
    /** The caller may not call: so it will be the next time. */
    DENIED("it may not be used with these credentials", LinkLoss.FINAL),
    /** The request is at fault: so it will be the next time. */
    REFUSED("it refused the request", LinkLoss.FINAL),
    /** A frame or a body that nobody can read: so it will be the next time. */
    INVALID("what it sent is not understood", LinkLoss.FINAL),
    OTHER("the call failed", LinkLoss.BROKEN);

    private static final int MODEL_ERROR_STATUS = 424;

    /** InternalDependencyException. */
    private static final int NO_ANSWER_STATUS = 530;

    private final String words;
    private final LinkLoss loss;

    FailureKind(String words, LinkLoss loss) {
        this.words = words;
        this.loss = loss;
    }

    /** Goes on where a sentence began with the endpoint. */
    String words() {
        return words;
    }

    /** What it says about the next try. */
    LinkLoss loss() {
        return loss;
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
        if (StartingSigns.in(answered)) {
            return STARTING;
        }
        if (answered.isThrottlingException() || status == 429) {
            return BUSY;
        }
        if (status == MODEL_ERROR_STATUS) {
            return ModelRefusals.isOverload(answered) ? BUSY : MODEL_FAILED;
        }
        if (status == 401 || status == 403) {
            return DENIED;
        }
        if (status >= 400 && status < MODEL_ERROR_STATUS) {
            return REFUSED;
        }
        if (status == NO_ANSWER_STATUS) {
            return NO_ANSWER;
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
