package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.flow.KeepAlive;
import io.wanspec.functions.follow.ManyFollower;
import io.wanspec.functions.follow.Portion;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Completions that ask for several texts: each is a session of its own, and the same text that a request for it alone would get. None is told of
 * unless all have begun; where one fails, all end.
 */
@Singleton
final class ManyCompletions {
    private final Preparation preparation;
    private final Sessions sessions;
    private final Texts texts;
    private final Duration clientTimeout;
    private final KeepAlive keepAlive;
    private final Timelines timelines;

    ManyCompletions(
            Preparation preparation,
            Sessions sessions,
            Texts texts,
            WanSpecSettings settings,
            KeepAlive keepAlive,
            Timelines timelines) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.clientTimeout = settings.limits().clientTimeout();
        this.keepAlive = keepAlive;
        this.timelines = timelines;
    }

    /** One of the texts, and who renders it. */
    private record Begun(
            CompletionRequest request, AnswerFacts facts, Tokens prompt, Tokens prediction, TextSource text) {
        /** Another one behind the same prompt, whose tokens need not be counted again. */
        CompletionRequest counted(CompletionRequest other) {
            return other.counted(prompt, prediction);
        }
    }

    HttpResponse<?> complete(HttpRequest<?> http, CompletionRequest request, long arrivedNanos) {
        List<Begun> begun = begin(request, Account.of(http), arrivedNanos);
        return request.stream() ? streamed(http, request, begun) : whole(http, request, begun);
    }

    private List<Begun> begin(CompletionRequest request, Account account, long arrivedNanos) {
        List<Begun> begun = new ArrayList<>();
        long createdSeconds = Instant.now().getEpochSecond();
        try {
            for (CompletionRequest one : request.each()) {
                // What belongs to one prompt has its tokens, which are counted once.
                boolean first = begun.size() % request.choices().each() == 0;
                CompletionRequest asked = first ? one : begun.getLast().counted(one);
                begun.add(begin(one, asked, account, createdSeconds, arrivedNanos));
            }
            return begun;
        } catch (Overloaded e) {
            begun.forEach(text -> text.text().close());
            throw Errors.of(e);
        } catch (RuntimeException e) {
            begun.forEach(text -> text.text().close());
            throw e;
        }
    }

    private Begun begin(
            CompletionRequest shown, CompletionRequest asked, Account account, long createdSeconds, long arrivedNanos) {
        try (var admission = sessions.admit();
                var prepared = preparation.prepare(asked, account, admission, arrivedNanos)) {
            SessionRequest session = prepared.session();
            TextSource text = prepared.start(() -> texts.start(admission, session, false));
            return new Begun(
                    shown,
                    AnswerFacts.of(session, createdSeconds),
                    session.generation().prompt(),
                    session.generation().prediction(),
                    new FromFirstText(text));
        }
    }

    private static Answer answer(List<Begun> begun, int index) {
        Begun one = begun.get(index);
        return new Answer(
                one.request(), one.facts(), index, begun.getFirst().facts().session());
    }

    private HttpResponse<?> whole(HttpRequest<?> http, CompletionRequest request, List<Begun> begun) {
        return WholeAnswer.of(http, all(begun), _ -> {
            List<ObjectNode> answers = new ArrayList<>();
            for (int i = 0; i < begun.size(); i++) {
                WholeAnswer.Ended ended = WholeAnswer.end(begun.get(i).text());
                switch (ended.outcome()) {
                    case SessionOutcome.Finished(var reason, var ledger)
                    when reason != FinishReason.CANCELLED ->
                        answers.add(answer(begun, i).whole(reason, ledger, ended.told()));
                    case SessionOutcome.Finished cancelled ->
                        throw ApiException.unavailable("cancelled", "The request was cancelled.");
                    case SessionOutcome.Failed failed -> throw Errors.of(failed);
                }
            }
            return HttpResponse.ok(
                            Json.bytes(ManyAnswers.of(answers, request.choices().each())))
                    .contentType(MediaType.APPLICATION_JSON_TYPE)
                    .header(
                            FollowedStream.SESSION_HEADER,
                            begun.getFirst().facts().session().value());
        });
    }

    /** All of them as what is closed at the end. */
    private static TextSource all(List<Begun> begun) {
        return new TextSource() {
            @Override
            public Portion from(int piece) throws InterruptedException {
                return begun.getFirst().text().from(piece);
            }

            @Override
            public void close() {
                begun.forEach(one -> one.text().close());
            }
        };
    }

    private HttpResponse<?> streamed(HttpRequest<?> http, CompletionRequest request, List<Begun> begun) {
        List<ManyFollower.Followed> followed = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            var rendering =
                    new CompletionRendering(answer(begun, i), begun.get(i).request(), false);
            var told = timelines.told(
                    rendering,
                    begun.get(i).facts().session(),
                    request.speculation().timeline(),
                    OptionalInt.of(i));
            followed.add(new ManyFollower.Followed(begun.get(i).text(), told));
        }
        var stop = new CompletableFuture<Runnable>();
        var watch = ClientConnection.watch(http, () -> {
            var _ = stop.thenAccept(Runnable::run);
        });
        var follower = new ManyFollower(followed, ends -> last(request, begun, ends), clientTimeout, watch::close);
        stop.complete(follower::stop);
        var events = follower.start();
        keepAlive.watch(events);
        return HttpResponse.ok(events)
                .contentType(FollowedStream.EVENT_STREAM)
                .header("cache-control", "no-cache")
                .header(
                        FollowedStream.SESSION_HEADER,
                        begun.getFirst().facts().session().value());
    }

    private static List<byte[]> last(CompletionRequest request, List<Begun> begun, List<SessionOutcome> ends) {
        if (!request.includeUsage()) {
            return CompletionRendering.last(null);
        }
        List<ObjectNode> usages = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            usages.add(answer(begun, i).usageChunk(ends.get(i).ledger()));
        }
        return CompletionRendering.last(ManyAnswers.of(usages, request.choices().each()));
    }
}
