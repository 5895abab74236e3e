package io.wanspec.functions.http;

import io.wanspec.functions.responses.TextEnd;
import io.wanspec.functions.session.SessionOutcome;

/** From how a session ended to how its response did. */
final class ResponseEnds {
    private ResponseEnds() {}

    static TextEnd of(SessionOutcome outcome) {
        int tokens = outcome.ledger().tokens();
        return switch (outcome) {
            case SessionOutcome.Finished(var reason, var _) ->
                switch (reason) {
                    case STOP -> new TextEnd.Completed(tokens);
                    case LENGTH -> new TextEnd.Full(tokens);
                    case CANCELLED -> new TextEnd.Cancelled(tokens);
                };
            case SessionOutcome.Failed failed ->
                new TextEnd.Failed(tokens, Errors.of(failed).message());
        };
    }
}
