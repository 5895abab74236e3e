package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.responses.Conversation;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.responses.ResponseRecord;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Write;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a response: checks, remembers, starts or puts on the queue, and answers whole or by a stream. */
@Singleton
final class ResponseCreation {
    private final ResponseReader reader;
    private final Preparation preparation;
    private final Sessions sessions;
    private final Texts texts;
    private final ResponseMemory memory;
    private final BackgroundResponses background;
    private final Idempotency idempotency;
    private final FirstAnswers first;
    private final FollowedStream streams;
    private final Timelines timelines;

    /** What became of a request that is to begin. */
    private sealed interface Begun {}

    private record Mine(ResponseHead head, TextSource source) implements Begun {}

    /** Another one of the same key came first. */
    private record Faster(AnswerFacts facts) implements Begun {}

    ResponseCreation(
            WanSpecSettings settings,
            Preparation preparation,
            Sessions sessions,
            Texts texts,
            ResponseMemory memory,
            BackgroundResponses background,
            Idempotency idempotency,
            FirstAnswers first,
            FollowedStream streams,
            Timelines timelines) {
        this.reader = new ResponseReader(settings.speculation());
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.memory = memory;
        this.background = background;
        this.idempotency = idempotency;
        this.first = first;
        this.streams = streams;
        this.timelines = timelines;
    }

    HttpResponse<?> create(HttpRequest<?> http, byte[] body) {
        long arrivedNanos = System.nanoTime();
        ResponseRequest request = memory.check(reader.read(body));
        background.check(request);
        Optional<IdempotentCall> call = idempotency.of(http, body, Ownership.of(http));
        Optional<FirstRequest> before = call.flatMap(IdempotentCall::first);
        if (before.isPresent() && first.isAnswered(before.get())) {
            return repeat(http, request, before.get().facts());
        }
        ResponseRequest mine =
                before.map(failed -> request.withSeed(failed.facts().seed())).orElse(request);
        return make(http, mine, call, before, arrivedNanos);
    }

    private HttpResponse<?> make(
            HttpRequest<?> http,
            ResponseRequest request,
            Optional<IdempotentCall> call,
            Optional<FirstRequest> before,
            long arrivedNanos) {
        Account account = Account.of(http);
        Conversation said = memory.before(request, account.owner());
        Begun begun;
        // A place is taken also by one for the background: until its prompt is counted, it costs as much as any.
        try (var admission = sessions.admit();
                var prepared = preparation.prepare(request.behind(said), account, admission, arrivedNanos)) {
            begun = begun(request, call, before, said, prepared, admission);
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
        return switch (begun) {
            case Mine(var head, var source) -> answer(http, request, head, source);
            case Faster(var facts) -> repeat(http, request, facts);
        };
    }

    private Begun begun(
            ResponseRequest request,
            Optional<IdempotentCall> call,
            Optional<FirstRequest> before,
            Conversation said,
            PreparedRequest prepared,
            Sessions.Admission admission) {
        SessionRequest session = prepared.session();
        AnswerFacts facts = AnswerFacts.of(session, Instant.now().getEpochSecond());
        ResponseHead head = head(request, facts);
        boolean recorded = head.options().stored() || call.isPresent();
        if (recorded) {
            memory.put(head, session.account().owner(), said.asked(head.id(), request.input()));
        }
        if (call.isPresent()) {
            AnswerFacts winner = call.get()
                    .claim(facts, before, key -> claimed(prepared, head, key))
                    .facts();
            if (!winner.equals(facts)) {
                memory.delete(head.id());
                return new Faster(first.joined(winner, facts));
            }
        }
        return new Mine(head, source(head, prepared, admission, recorded, call.isPresent()));
    }

    /** The key and the session's record, or neither. */
    private Write claimed(PreparedRequest prepared, ResponseHead head, Change key) {
        return prepared.recorded(() -> head.options().background()
                ? texts.queue(prepared.session(), key)
                : texts.reserve(prepared.session(), key));
    }

    private TextSource source(
            ResponseHead head,
            PreparedRequest prepared,
            Sessions.Admission admission,
            boolean recorded,
            boolean claimed) {
        if (!head.options().background()) {
            return prepared.start(() -> texts.start(admission, prepared.session(), recorded));
        }
        if (claimed) {
            background.enqueueRecorded(prepared);
        } else {
            background.enqueue(prepared);
        }
        return texts.follow(head.id().session(), true);
    }

    /** The answer of the request that came first, from its beginning. */
    private HttpResponse<?> repeat(HttpRequest<?> http, ResponseRequest request, AnswerFacts facts) {
        ResponseId id = ResponseId.of(facts.session());
        ResponseRecord record = memory.findAny(id, Ownership.of(http))
                .orElseThrow(() -> ApiException.notFound(
                        "response_not_found", "The response of this " + Idempotency.HEADER + " was deleted."));
        return answer(
                http,
                request,
                record.head(),
                texts.follow(facts.session(), record.head().options().background()));
    }

    private HttpResponse<?> answer(HttpRequest<?> http, ResponseRequest request, ResponseHead head, TextSource source) {
        if (request.completion().stream()) {
            var events = timelines.told(
                    new ResponseRendering(head, ResponseRendering.FROM_START),
                    head.id().session(),
                    request.completion().speculation().timeline(),
                    OptionalInt.empty());
            return streams.of(http, head.id().session(), source, events);
        }
        if (head.options().background()) {
            source.close();
            return background.state(head);
        }
        boolean withTokenIds = request.completion().includeTokenIds();
        return WholeAnswer.of(http, source, text -> ResponseAnswer.whole(head, text, withTokenIds));
    }

    private static ResponseHead head(ResponseRequest request, AnswerFacts facts) {
        return new ResponseHead(
                ResponseId.of(facts.session()),
                facts.createdSeconds(),
                facts.model(),
                facts.promptTokens(),
                facts.seed(),
                facts.mode(),
                request.options());
    }
}
