package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.follow.RunningTexts;
import io.wanspec.functions.follow.TextSource;
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
import java.util.List;

/** Makes a response: checks, remembers, starts, and answers whole or by a stream. */
@Singleton
final class ResponseCreation {
    private final ResponseReader reader;
    private final Preparation preparation;
    private final Sessions sessions;
    private final RunningTexts texts;
    private final ResponseMemory memory;
    private final ServingLimits limits;

    ResponseCreation(
            WanSpecSettings settings,
            Preparation preparation,
            Sessions sessions,
            RunningTexts texts,
            ResponseMemory memory) {
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
            memory.put(head, account, before.asked(head.id(), request.input()), session);
            TextSource source =
                    texts.start(admission, session, false, List.of()).read();
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
        try (source;
                var _ = ClientConnection.watch(http, source::close)) {
            return ResponseAnswer.whole(head, source, request.completion().includeTokenIds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("cancelled", "The server is stopping.");
        }
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
