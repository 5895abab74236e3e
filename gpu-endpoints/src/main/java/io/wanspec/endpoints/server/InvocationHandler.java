package io.wanspec.endpoints.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.PrefixCheck;
import io.wanspec.endpoints.verification.GenerateJob;
import io.wanspec.endpoints.verification.ScoreJob;
import org.jspecify.annotations.Nullable;

/** {@code POST /invocations} of one connection, one at a time. */
final class InvocationHandler {
    private final Service service;
    private volatile boolean answering;
    private volatile @Nullable GenerateJob job;
    private volatile @Nullable ScoreJob scoring;

    InvocationHandler(Service service) {
        this.service = service;
    }

    /** Whether a request of this connection is still being answered. */
    boolean isAnswering() {
        return answering;
    }

    void handle(Channel channel, boolean keepAlive, FullHttpRequest request, Engine engine) {
        Answer answer = new Answer(channel, keepAlive);
        Invocation invocation;
        try {
            invocation = InvokeCodec.decodeInvocation(ByteBufUtil.getBytes(request.content()));
        } catch (IllegalArgumentException e) {
            answer.bad(InvocationCheck.of(e));
            return;
        }
        InvocationCheck check = InvocationCheck.of(invocation);
        if (check != null) {
            answer.bad(check);
            return;
        }
        switch (invocation) {
            case Invocation.Describe describe ->
                answer.ok(new Reply.Description(
                        describe.protocol().nearestSpoken(),
                        engine.identity(),
                        service.settings().role().described()));
            case Invocation.Tokenize tokenize -> tokenize(answer, tokenize, engine);
            case Invocation.Score score -> score(answer, score, engine);
            case Invocation.Generate generate -> generate(answer, generate, engine);
            case Invocation.Exchange exchange ->
                exchange(answer, exchange, engine, LinkSessions.opened(request, exchange));
            case Invocation.Follow follow -> follow(answer, follow, engine);
        }
    }

    private void tokenize(Answer answer, Invocation.Tokenize request, Engine engine) {
        answering = true;
        boolean queued = service.offload(() -> {
            Tokenizing.answer(request, engine, answer);
            answering = false;
        });
        if (!queued) {
            answering = false;
            answer.overloaded();
        }
    }

    private void exchange(Answer answer, Invocation.Exchange call, Engine engine, HttpHeaders more) {
        answering = true;
        new LinkCalls<>(service.links()).exchange(call, engine, reply -> {
            answering = false;
            answer.ok(reply, more);
        });
    }

    private void follow(Answer answer, Invocation.Follow call, Engine engine) {
        if (service.settings().role() != Role.DRAFT) {
            answer.bad(new InvocationCheck("type", "only a draft is followed; send rounds to a target as exchange"));
            return;
        }
        answering = true;
        new LinkCalls<>(service.links()).follow(call, engine, answer.channel());
    }

    private void score(Answer answer, Invocation.Score request, Engine engine) {
        if (PrefixCheck.of(request.prompt(), engine.identity())
                instanceof PrefixCheck.Refused(RefusalCode code, String why)) {
            answer.fail(HttpResponseStatus.BAD_REQUEST, replyCode(code), "prompt", why);
            return;
        }
        Integer logprobs = request.logprobs();
        if (logprobs == null) {
            answer.ok(new Reply.Scored(ScoreJob.texts(request, engine), null));
            return;
        }
        answering = true;
        ScoreJob started = new ScoreJob(engine, service.compute(), request, logprobs, reply -> scored(answer, reply));
        scoring = started;
        if (!started.start()) {
            scoring = null;
            answering = false;
            answer.overloaded();
        }
    }

    private void scored(Answer answer, Reply reply) {
        scoring = null;
        answering = false;
        switch (reply) {
            case Reply.Failed failed when failed.code() == ReplyCode.OVERLOADED -> answer.overloaded();
            case Reply.Failed failed ->
                answer.fail(HttpResponseStatus.INTERNAL_SERVER_ERROR, failed.code(), failed.field(), failed.message());
            default -> answer.ok(reply);
        }
    }

    private void generate(Answer answer, Invocation.Generate request, Engine engine) {
        if (PrefixCheck.of(request.prompt(), engine.identity())
                instanceof PrefixCheck.Refused(RefusalCode code, String why)) {
            answer.fail(HttpResponseStatus.BAD_REQUEST, replyCode(code), "prompt", why);
            return;
        }
        int room = engine.identity().contextTokens() - request.prompt().size();
        if (request.maxTokens() > room) {
            String reason = "maxTokens must be at most " + room + ", what the prompt leaves of the context; was "
                    + request.maxTokens();
            answer.fail(HttpResponseStatus.BAD_REQUEST, ReplyCode.CONTEXT_EXCEEDED, "maxTokens", reason);
            return;
        }
        answering = true;
        GenerationStream stream = new GenerationStream(answer.channel(), () -> job = null);
        GenerateJob started = new GenerateJob(engine, service.compute(), request, stream);
        job = started;
        if (!started.start()) {
            job = null;
            answering = false;
            answer.overloaded();
        }
    }

    private static ReplyCode replyCode(RefusalCode code) {
        return code == RefusalCode.CONTEXT_EXCEEDED ? ReplyCode.CONTEXT_EXCEEDED : ReplyCode.BAD_FRAME;
    }

    void wake() {
        GenerateJob current = job;
        if (current != null) {
            current.wake();
        }
    }

    void cancel() {
        GenerateJob current = job;
        if (current != null) {
            current.cancel();
        }
        ScoreJob score = scoring;
        if (score != null) {
            score.cancel();
        }
    }

    /** Where the answer of one request goes. */
    record Answer(Channel channel, boolean keepAlive) {
        void ok(Reply reply) {
            HttpReplies.send(channel, keepAlive, HttpResponseStatus.OK, reply);
        }

        void ok(Reply reply, HttpHeaders more) {
            HttpReplies.send(channel, keepAlive, reply, more);
        }

        void fail(HttpResponseStatus status, ReplyCode code, String field, String message) {
            HttpReplies.send(channel, keepAlive, status, new Reply.Failed(code, field, message));
        }

        void bad(InvocationCheck check) {
            fail(HttpResponseStatus.BAD_REQUEST, ReplyCode.BAD_REQUEST, check.field(), check.message());
        }

        void overloaded() {
            fail(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    ReplyCode.OVERLOADED,
                    "",
                    "the server has too much queued; try again or use another one");
        }
    }
}
