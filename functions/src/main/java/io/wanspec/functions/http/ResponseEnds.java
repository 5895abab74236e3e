package io.wanspec.functions.http;

import io.wanspec.functions.responses.TextEnd;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;

/** From how a session ended to how its response did. */
final class ResponseEnds {
    private ResponseEnds() {}

    static TextEnd of(SessionOutcome outcome) {
        int tokens = outcome.ledger().tokens();
        int cached = outcome.ledger().details().cachedTokens();
        return switch (outcome) {
            case SessionOutcome.Finished(var reason, var _) ->
                switch (reason) {
                    case STOP -> new TextEnd.Completed(tokens, cached);
                    case LENGTH -> new TextEnd.Full(tokens, cached);
                    case CANCELLED -> new TextEnd.Cancelled(tokens, cached);
                };
            // The message alone, which is what a record has too.
            case SessionOutcome.Failed(var failure, var message, var _) ->
                failure == Failure.MOVED
                        ? new TextEnd.Abandoned(tokens, cached, message)
                        : new TextEnd.Failed(tokens, cached, message);
        };
    }
}
