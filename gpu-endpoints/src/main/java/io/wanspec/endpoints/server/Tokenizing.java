package io.wanspec.endpoints.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.model.TextCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to {@link Invocation.Tokenize}. */
final class Tokenizing {
    private static final Logger LOG = LoggerFactory.getLogger(Tokenizing.class);

    private Tokenizing() {}

    static void answer(Invocation.Tokenize request, Engine engine, InvocationHandler.Answer answer) {
        try {
            int context = engine.identity().contextTokens();
            int least = least(request, engine.model().text());
            if (least > context) {
                String reason =
                        "the prompt has at least " + least + " tokens, more than the model's context of " + context;
                answer.fail(HttpResponseStatus.BAD_REQUEST, ReplyCode.CONTEXT_EXCEEDED, "", reason);
                return;
            }
            Tokens tokens = tokens(request, engine.model().text());
            if (tokens.size() <= Limits.SEQUENCE_TOKENS_MAX) {
                answer.ok(new Reply.Tokenized(tokens));
            } else {
                // Their list would be longer than any answer may be.
                String reason = "the prompt has " + tokens.size() + " tokens; at most " + Limits.SEQUENCE_TOKENS_MAX
                        + " are served, whatever the context";
                answer.fail(HttpResponseStatus.BAD_REQUEST, ReplyCode.CONTEXT_EXCEEDED, "", reason);
            }
        } catch (IllegalArgumentException e) {
            String field = request.messages() == null ? "text" : "messages";
            answer.fail(HttpResponseStatus.BAD_REQUEST, ReplyCode.BAD_REQUEST, field, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a prompt could not be tokenized", e);
            answer.fail(
                    HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    ReplyCode.INTERNAL,
                    "",
                    "the tokenizer failed on this prompt");
        }
    }

    /** Megabytes take seconds to be tokenized, only to be refused. */
    private static int least(Invocation.Tokenize request, TextCodec text) {
        return request.messages() == null
                ? text.encodedAtLeast(String.valueOf(request.text()))
                : text.renderedAtLeast(request.messages());
    }

    private static Tokens tokens(Invocation.Tokenize request, TextCodec text) {
        if (request.messages() != null) {
            return text.render(request.messages());
        }
        return text.encode(request.text() == null ? "" : request.text());
    }
}
