package io.wanspec.functions.http;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls of the table, whose failures a client is told as it should know them. */
final class TableCalls {
    private TableCalls() {}

    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw ApiException.unavailable(
                    "sessions_unavailable", "The table of sessions and responses cannot be reached now. Try again.");
        }
    }

    static void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }
}
