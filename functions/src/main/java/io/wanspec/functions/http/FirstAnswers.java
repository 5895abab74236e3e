package io.wanspec.functions.http;

import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.session.SessionOutcome;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Whether the first request of a key has an answer, or will have one. Keys are written together with their session's record, so
 * that there is never one without the other, however long a function is held up.
 */
@Singleton
final class FirstAnswers {
    private final Texts texts;

    private final Endpoints endpoints;

    FirstAnswers(Texts texts, Endpoints endpoints) {
        this.texts = texts;
        this.endpoints = endpoints;
    }

    /**
     * False if it failed, was deleted or has expired: then its key is free.
     *
     * @throws ApiException if that cannot be told yet
     */
    boolean isAnswered(FirstRequest first) {
        Optional<RecordedText> text = find(first.facts());
        if (text.isEmpty()) {
            requireGone(first.facts());
            return false;
        }
        if (text.get().end() != null) {
            return !(text.get().end() instanceof SessionOutcome.Failed);
        }
        return isOfTheModelOfNow(first.facts()) || isAnsweredByTheModelBefore(first.facts(), text.get());
    }

    /**
     * The facts of a request that was faster, if its text may be joined.
     *
     * @throws ApiException if another model makes it
     */
    AnswerFacts joined(AnswerFacts faster, AnswerFacts mine) {
        if (!faster.weights().equals(mine.weights())) {
            throw otherModel();
        }
        return faster;
    }

    /** Where the target cannot be asked, no text is made here that could be another's: reading is safe. */
    private boolean isOfTheModelOfNow(AnswerFacts facts) {
        return !(endpoints.askTarget() instanceof Handshake.Agreed(var model, var _))
                || model.weights().equals(facts.weights());
    }

    /** What nobody makes any more is ended by the attempt to go on with it: no other model may, and so its key becomes free. */
    private boolean isAnsweredByTheModelBefore(AnswerFacts facts, RecordedText text) {
        if (text.standing().lapsed()) {
            TableCalls.run(() -> texts.resume(facts.session()));
            Optional<SessionOutcome> end = find(facts).flatMap(now -> Optional.ofNullable(now.end()));
            if (end.isPresent()) {
                return !(end.get() instanceof SessionOutcome.Failed);
            }
        }
        throw otherModel();
    }

    /** The key may be read a moment before the record that was written with it. */
    private void requireGone(AnswerFacts facts) {
        if (!TableCalls.call(() -> texts.isGone(facts.session()))) {
            throw ApiException.conflict(
                    "idempotent_request_in_progress",
                    "The first request with this " + Idempotency.HEADER + " is just beginning. Try again in a second.");
        }
    }

    private Optional<RecordedText> find(AnswerFacts facts) {
        return TableCalls.call(() -> texts.find(facts.session()));
    }

    private static ApiException otherModel() {
        return ApiException.conflict(
                "idempotent_request_in_progress",
                "The first request with this " + Idempotency.HEADER
                        + " is still answered by the model as it was before it was replaced. Try again in a second.");
    }
}
