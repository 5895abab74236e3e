package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.util.OptionalInt;

/** Answers with a completion's text, streamed or whole. */
@Singleton
final class CompletionAnswers {
    private final FollowedStream streams;
    private final Timelines timelines;

    CompletionAnswers(FollowedStream streams, Timelines timelines) {
        this.streams = streams;
        this.timelines = timelines;
    }

    /** @param source closed at the end */
    HttpResponse<?> of(
            HttpRequest<?> http, CompletionRequest request, AnswerFacts facts, Echo echo, TextSource source) {
        var answer = new Answer(request, facts, echo);
        return request.stream()
                ? streams.of(http, facts.session(), source, rendering(answer, request, facts.session()))
                : WholeAnswer.of(http, source, text -> whole(answer, facts.session(), WholeAnswer.end(text)));
    }

    private Rendering rendering(Answer answer, CompletionRequest request, SessionId session) {
        return timelines.told(
                new CompletionRendering(answer, request),
                session,
                request.speculation().timeline(),
                OptionalInt.empty());
    }

    private static HttpResponse<?> whole(Answer answer, SessionId session, WholeAnswer.Ended ended) {
        return switch (ended.outcome()) {
            case SessionOutcome.Finished(var reason, var ledger)
            when reason != FinishReason.CANCELLED ->
                HttpResponse.ok(Json.bytes(answer.whole(reason, ledger, ended.told())))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header(FollowedStream.SESSION_HEADER, session.value())
                        .header(FollowedStream.LEDGER_HEADER, Answer.summary(ledger));
            case SessionOutcome.Finished cancelled ->
                throw ApiException.unavailable("cancelled", "The request was cancelled.");
            case SessionOutcome.Failed failed ->
                Errors.response(Errors.of(failed)).header(FollowedStream.SESSION_HEADER, session.value());
        };
    }
}
