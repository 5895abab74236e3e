package io.wanspec.functions.table;

import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes that have failed, and certainly had no effect: others may have had one, or have it still. */
public final class Unwritten {
    private static final int CLASS = 100;
    private static final int CLIENT_ERRORS = 4;
    private static final int REQUEST_TIMEOUT = 408;

    private Unwritten() {}

    /**
     * Whether the table has said that it did not write: it was asked once, and found the fault in the request, or in its number. Not
     * where a transaction was cancelled: that is tried again, and what was sent before may be what it was in conflict with.
     */
    public static boolean isCertain(RuntimeException e) {
        return e instanceof SdkServiceException answer
                && !(e instanceof TransactionCanceledException)
                && answer.statusCode() / CLASS == CLIENT_ERRORS
                && answer.statusCode() != REQUEST_TIMEOUT
                && Objects.equals(answer.numAttempts(), 1);
    }
}
