package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.responses.Conversation;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.WanSpecSettings;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Makes a response: checks, remembers, starts, and answers whole or by a stream. */
@Singleton
final class ResponseCreation {
    private final ResponseReader reader;
    private final Preparation preparation;
    private final Sessions sessions;
    private final Texts texts;
    private final ResponseMemory memory;
    private final ServingLimits limits;

    ResponseCreation(
            WanSpecSettings settings, Preparation preparation, Sessions sessions, Texts texts, ResponseMemory memory) {
        this.reader = new ResponseReader(settings.speculation());
        this.preparation = preparation;
        this.sessions = sessions;
        this.texts = texts;
        this.memory = memory;
        this.limits = settings.limits();
    }

    HttpResponse<?> create(HttpRequest<?> http, byte[] body) {
        long arrivedNanos = System.nanoTime();
        Account account = Account.of(http);
        ResponseRequest request = memory.check(reader.read(body));
        Conversation before = memory.before(request, account.owner());
        try (var admission = sessions.admit()) {
            SessionRequest session = preparation.prepare(request.behind(before), account, arrivedNanos);
            ResponseHead head = head(request, session);
            boolean stored = head.options().stored();
            if (stored) {
                memory.put(head, account.owner(), before.asked(head.id(), request.input()));
            }
            TextSource source = texts.start(admission, session, stored);
            return request.completion().stream()
                    ? FollowedStream.of(
                            http,
                            head.id().session(),
                            source,
                            new ResponseRendering(head, ResponseRendering.FROM_START),
                            limits.clientTimeout())
                    : whole(http, head, source, request);
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }

    private static HttpResponse<?> whole(
            HttpRequest<?> http, ResponseHead head, TextSource source, ResponseRequest request) {
        boolean withTokenIds = request.completion().includeTokenIds();
        return WholeAnswer.of(http, source, text -> ResponseAnswer.whole(head, text, withTokenIds));
    }

    private static ResponseHead head(ResponseRequest request, SessionRequest session) {
        return new ResponseHead(
                ResponseId.of(session.generation().session()),
                Instant.now().getEpochSecond(),
                session.target().name(),
                session.generation().prompt().size(),
                session.generation().sampling().seed(),
                session.speculation().mode().word(),
                request.options());
    }
}
