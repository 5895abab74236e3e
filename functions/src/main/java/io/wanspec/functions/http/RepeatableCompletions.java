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

    /** A text, and what its answer says beside it. */
    private record Text(AnswerFacts facts, TextSource source) {}

    RepeatableCompletions(
            Preparation preparation, Sessions sessions, Texts texts, FirstAnswers first, CompletionAnswers answers) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.first = first;
        this.answers = answers;
    }

    /** @param request whose echo, if there is one, the target need not be asked for */
    HttpResponse<?> complete(HttpRequest<?> http, CompletionRequest request, IdempotentCall call, long arrivedNanos) {
        Optional<FirstRequest> before = call.first();
        if (before.isPresent() && first.isAnswered(before.get())) {
            return answer(http, request, followed(before.get().facts()));
        }
        CompletionRequest mine =
                before.map(failed -> request.withSeed(failed.facts().seed())).orElse(request);
        return answer(http, mine, begun(mine, Account.of(http), call, before, arrivedNanos));
    }

    /** This request's own text, or that of one that was faster; nobody reads another's text at this one's expense. */
    private Text begun(
            CompletionRequest request,
            Account account,
            IdempotentCall call,
            Optional<FirstRequest> before,
            long arrivedNanos) {
        try (var admission = sessions.admit();
                var prepared = preparation.prepare(request, account, admission, arrivedNanos)) {
            SessionRequest session = prepared.session();
            AnswerFacts facts = AnswerFacts.of(session, Instant.now().getEpochSecond());
            AnswerFacts winner = call.claim(facts, before, key -> prepared.recorded(() -> texts.reserve(session, key)))
                    .facts();
            return winner.equals(facts)
                    ? new Text(facts, prepared.start(() -> texts.start(admission, session, true)))
                    : followed(first.joined(winner, facts));
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }

    private Text followed(AnswerFacts facts) {
        return new Text(facts, texts.follow(facts.session(), false));
    }

    private HttpResponse<?> answer(HttpRequest<?> http, CompletionRequest request, Text text) {
        return answers.of(http, request, text.facts(), Echoes.unasked(request), text.source());
    }
}
