package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.session.Overloaded;
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
    private final CompletionAnswers answers;

    RepeatableCompletions(
            Preparation preparation, Sessions sessions, Texts texts, FirstAnswers first, CompletionAnswers answers) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.first = first;
        this.answers = answers;
    }

    HttpResponse<?> complete(HttpRequest<?> http, CompletionRequest request, IdempotentCall call, long arrivedNanos) {
        Optional<FirstRequest> before = call.first();
        if (before.isPresent() && first.isAnswered(before.get())) {
            return answers.of(
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
            return answers.of(http, mine, winner, source);
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }
}
