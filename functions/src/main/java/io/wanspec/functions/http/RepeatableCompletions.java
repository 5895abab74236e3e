package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Completions under a key: the first request makes the answer, those after it get the same one, while it is made or later. One
 * that failed leaves its key, and its seed, to the next.
 */
@Singleton
final class RepeatableCompletions {
    private final Preparation preparation;
    private final Sessions sessions;
    private final Texts texts;
    private final FirstAnswers first;
    private final FollowedStream streams;

    RepeatableCompletions(
            Preparation preparation, Sessions sessions, Texts texts, FirstAnswers first, FollowedStream streams) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.first = first;
        this.streams = streams;
    }

    HttpResponse<?> complete(HttpRequest<?> http, CompletionRequest request, IdempotentCall call, long arrivedNanos) {
        Optional<FirstRequest> before = call.first();
        if (before.isPresent() && first.isAnswered(before.get())) {
            return answer(
                    http,
                    request,
                    before.get().facts(),
                    texts.follow(before.get().facts().session(), false));
        }
        CompletionRequest mine =
                before.map(failed -> request.withSeed(failed.facts().seed())).orElse(request);
        try (var admission = sessions.admit()) {
            SessionRequest session = preparation.prepare(mine, Account.of(http), arrivedNanos);
            AnswerFacts facts = AnswerFacts.of(session, Instant.now().getEpochSecond());
            AnswerFacts winner = call.claim(facts, before).facts();
            TextSource source = winner.equals(facts)
                    ? texts.start(admission, session, true)
                    : texts.follow(winner.session(), false);
            return answer(http, mine, winner, source);
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }

    private HttpResponse<?> answer(
            HttpRequest<?> http, CompletionRequest request, AnswerFacts facts, TextSource source) {
        var answer = new Answer(request, facts);
        return request.stream()
                ? streams.of(http, facts.session(), source, new CompletionRendering(answer, request))
                : WholeAnswer.of(http, source, text -> whole(answer, facts.session(), WholeAnswer.end(text)));
    }

    private static HttpResponse<?> whole(Answer answer, SessionId session, SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Finished(var reason, var ledger) ->
                HttpResponse.ok(Json.bytes(answer.whole(reason, ledger)))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header(FollowedStream.SESSION_HEADER, session.value())
                        .header(FollowedStream.LEDGER_HEADER, Answer.summary(ledger));
            case SessionOutcome.Failed failed ->
                Errors.response(Errors.of(failed)).header(FollowedStream.SESSION_HEADER, session.value());
        };
    }
}
