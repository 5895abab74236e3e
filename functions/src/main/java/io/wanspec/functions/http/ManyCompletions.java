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
import org.jspecify.annotations.Nullable;

/**
 * Completions that ask for several texts: each is a session of its own, and the same text that a request for it alone would get. None is told of
 * unless all have begun; where one fails, all end.
 */
@Singleton
final class ManyCompletions {
    private final Preparation preparation;
    private final Sessions sessions;
    private final Texts texts;
    private final Echoes echoes;
    private final Duration clientTimeout;
    private final KeepAlive keepAlive;
    private final Timelines timelines;

    ManyCompletions(
            Preparation preparation,
            Sessions sessions,
            Texts texts,
            Echoes echoes,
            WanSpecSettings settings,
            KeepAlive keepAlive,
            Timelines timelines) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.echoes = echoes;
        this.clientTimeout = settings.limits().clientTimeout();
        this.keepAlive = keepAlive;
        this.timelines = timelines;
    }

    /** One of the texts, and who renders it. */
    private record Begun(
            CompletionRequest request,
            AnswerFacts facts,
            Tokens prompt,
            Tokens prediction,
            Echo echo,
            TextSource text) {
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
                Begun before = begun.size() % request.choices().made() == 0 ? null : begun.getLast();
                begun.add(begin(one, before, account, createdSeconds, arrivedNanos));
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

    /** @param before another one behind the same prompt */
    private Begun begin(
            CompletionRequest shown, @Nullable Begun before, Account account, long createdSeconds, long arrivedNanos) {
        CompletionRequest asked = before == null ? shown : before.counted(shown);
        try (var admission = sessions.admit();
                var prepared = preparation.prepare(asked, account, admission, arrivedNanos)) {
            SessionRequest session = prepared.session();
            Echo echo = before == null ? echoes.of(shown, session) : before.echo();
            TextSource text = prepared.start(() -> texts.start(admission, session, false));
            return new Begun(
                    shown,
                    AnswerFacts.of(session, createdSeconds),
                    session.generation().prompt(),
                    session.generation().prediction(),
                    echo,
                    new FromFirstText(text));
        }
    }

    /** @param index which of the choices it is */
    private static Answer answer(List<Begun> begun, Begun one, int index) {
        return new Answer(
                one.request(),
                one.facts(),
                one.echo(),
                index,
                begun.getFirst().facts().session());
    }

    private HttpResponse<?> whole(HttpRequest<?> http, CompletionRequest request, List<Begun> begun) {
        return WholeAnswer.of(http, all(begun), _ -> {
            List<WholeAnswer.Ended> ends = new ArrayList<>();
            for (Begun one : begun) {
                ends.add(requireWell(WholeAnswer.end(one.text())));
            }
            return HttpResponse.ok(Json.bytes(joined(request.choices(), begun, ends)))
                    .contentType(MediaType.APPLICATION_JSON_TYPE)
                    .header(
                            FollowedStream.SESSION_HEADER,
                            begun.getFirst().facts().session().value());
        });
    }

    private static WholeAnswer.Ended requireWell(WholeAnswer.Ended ended) {
        return switch (ended.outcome()) {
            case SessionOutcome.Finished finished when finished.reason() != FinishReason.CANCELLED -> ended;
            case SessionOutcome.Finished cancelled ->
                throw ApiException.unavailable("cancelled", "The request was cancelled.");
            case SessionOutcome.Failed failed -> throw Errors.of(failed);
        };
    }

    private static ObjectNode joined(Choices choices, List<Begun> begun, List<WholeAnswer.Ended> ends) {
        List<ObjectNode> answers = new ArrayList<>();
        for (int kept : BestTexts.of(choices, ends)) {
            WholeAnswer.Ended ended = ends.get(kept);
            SessionOutcome.Finished well = (SessionOutcome.Finished) ended.outcome();
            answers.add(
                    answer(begun, begun.get(kept), answers.size()).whole(well.reason(), well.ledger(), ended.told()));
        }
        List<ObjectNode> usages = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            usages.add(
                    answer(begun, begun.get(i), i).usage(ends.get(i).outcome().ledger()));
        }
        return ManyAnswers.of(answers, UsageJson.sum(usages, choices.made()));
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
            var rendering = new CompletionRendering(
                    answer(begun, begun.get(i), i), begun.get(i).request(), false);
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
        List<ObjectNode> chunks = new ArrayList<>();
        List<ObjectNode> usages = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            Answer answer = answer(begun, begun.get(i), i);
            chunks.add(answer.usageChunk(ends.get(i).ledger()));
            usages.add(answer.usage(ends.get(i).ledger()));
        }
        return CompletionRendering.last(
                ManyAnswers.of(chunks, UsageJson.sum(usages, request.choices().made())));
    }
}
