package io.wanspec.functions.http;

import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.responses.Conversation;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseStore;
import io.wanspec.functions.session.SessionRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** What responses leave behind in the table, and what can be asked for where there is none. */
@Singleton
final class ResponseMemory {
    private final @Nullable ResponseStore store;

    ResponseMemory(Optional<ResponseStore> store) {
        this.store = store.orElse(null);
    }

    /** Refuses what needs a table where there is none; what only would be stored there by default is not. */
    ResponseRequest check(ResponseRequest request) {
        if (store != null) {
            return request;
        }
        refuseIf(request.options().background(), "background");
        refuseIf(request.options().previous().isPresent(), "previous_response_id");
        refuseIf(request.storeAsked() && request.options().stored(), "store");
        return request.stored(false);
    }

    private static void refuseIf(boolean asked, String field) {
        if (asked) {
            throw ApiException.unsupported(
                    field,
                    "'" + field
                            + "' needs a table, and this server has none: it remembers no responses. Leave it out, or "
                            + "configure 'wanspec.sessions.table'.");
        }
    }

    Conversation before(ResponseRequest request, Ownership owner) {
        return Conversation.none();
    }

    /** Before the first byte goes out. */
    void put(ResponseHead head, Account account, Conversation conversation, SessionRequest session) {
        if (store == null || !head.options().stored()) {
            return;
        }
        try {
            store.put(head, account.owner(), conversation);
        } catch (SdkException e) {
            throw ApiException.unavailable("responses_unavailable", "The table of responses cannot be written now.");
        }
    }
}
