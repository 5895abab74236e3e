package io.wanspec.functions.http;

import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.responses.Conversation;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.responses.ResponseRecord;
import io.wanspec.functions.responses.ResponseStore;
import io.wanspec.functions.responses.TextEnd;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What responses leave behind in the table, and what cannot be asked for where there is none. */
@Singleton
final class ResponseMemory {
    private static final String PREVIOUS = "previous_response_id";

    private final @Nullable ResponseStore store;
    private final Texts texts;

    ResponseMemory(Optional<ResponseStore> store, Texts texts) {
        this.store = store.orElse(null);
        this.texts = texts;
    }

    /** Refuses what needs a table where there is none; what would only be stored by default there is not stored. */
    ResponseRequest check(ResponseRequest request) {
        if (store != null) {
            return request;
        }
        refuseIf(request.options().background(), "background");
        refuseIf(request.options().previous().isPresent(), PREVIOUS);
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

    /** What was said before this request's input. */
    Conversation before(ResponseRequest request, Ownership owner) {
        return request.options().previous().map(id -> continued(id, owner)).orElse(Conversation.none());
    }

    private Conversation continued(ResponseId id, Ownership owner) {
        ResponseRecord record = find(id, owner).orElseThrow(() -> ApiException.previousNotFound(id.value()));
        RecordedText text = TableCalls.call(() -> texts.find(id.session()))
                .orElseThrow(() -> ApiException.previousNotFound(id.value()));
        if (text.end() == null) {
            throw ApiException.invalid(
                    PREVIOUS, "Response '" + id + "' has not ended yet. Continue it when it is complete.");
        }
        return switch (ResponseEnds.of(text.end())) {
            case TextEnd.Completed _, TextEnd.Full _ ->
                record.conversation().answered(id, String.join("", text.pieces()));
            case TextEnd.Cancelled _, TextEnd.Abandoned _, TextEnd.Failed _ ->
                throw ApiException.invalid(
                        PREVIOUS,
                        "Response '" + id + "' was not finished, and cannot be continued. Continue the one before it.");
        };
    }

    /** Before the first byte goes out. */
    void put(ResponseHead head, Ownership owner, Conversation conversation) {
        if (store != null) {
            ResponseStore to = store;
            TableCalls.run(() -> to.put(head, owner, conversation));
        }
    }

    /** One that can be asked for. */
    Optional<ResponseRecord> find(ResponseId id, Ownership owner) {
        return findAny(id, owner).filter(record -> record.head().options().stored());
    }

    /** Also one that is only there to be sent again. */
    Optional<ResponseRecord> findAny(ResponseId id, Ownership owner) {
        ResponseStore from = store;
        return from == null ? Optional.empty() : TableCalls.call(() -> from.find(id, owner));
    }

    void delete(ResponseId id) {
        ResponseStore from = store;
        if (from != null) {
            TableCalls.run(() -> from.delete(id));
        }
    }
}
