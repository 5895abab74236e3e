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
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

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

    ResponseCreation(
            WanSpecSettings settings,
            Preparation preparation,
            Sessions sessions,
            Texts texts,
            ResponseMemory memory,
            BackgroundResponses background,
            Idempotency idempotency,
            FirstAnswers first,
            FollowedStream streams) {
        this.reader = new ResponseReader(settings.speculation());
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.memory = memory;
        this.background = background;
        this.idempotency = idempotency;
        this.first = first;
        this.streams = streams;
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
        // A place is taken also by one for the background: until its prompt is counted, it costs as much as any.
        try (var admission = sessions.admit()) {
            SessionRequest session = preparation.prepare(request.behind(said), account, arrivedNanos);
            AnswerFacts facts = AnswerFacts.of(session, Instant.now().getEpochSecond());
            ResponseHead head = head(request, facts);
            boolean recorded = head.options().stored() || call.isPresent();
            if (recorded) {
                memory.put(head, account.owner(), said.asked(head.id(), request.input()));
            }
            AnswerFacts winner = call.map(c -> c.claim(facts, before).facts()).orElse(facts);
            if (!winner.equals(facts)) {
                memory.delete(head.id());
                return repeat(http, request, winner);
            }
            if (head.options().background()) {
                background.enqueue(session);
                return answer(http, request, head, texts.follow(facts.session(), true));
            }
            return answer(http, request, head, texts.start(admission, session, recorded));
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
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
            var events = new ResponseRendering(head, ResponseRendering.FROM_START);
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
