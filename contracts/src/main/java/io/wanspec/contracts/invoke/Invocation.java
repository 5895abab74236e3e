package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code POST /invocations}, as JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Invocation.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = Invocation.Tokenize.class, name = "tokenize"),
    @JsonSubTypes.Type(value = Invocation.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Invocation.Generate.class, name = "generate"),
    @JsonSubTypes.Type(value = Invocation.Exchange.class, name = "exchange"),
    @JsonSubTypes.Type(value = Invocation.Follow.class, name = "follow")
})
public sealed interface Invocation {
    /**
     * Asks who the model is; answered by {@link Reply.Description}.
     *
     * @param protocol newest version that the asker speaks; one that does not say, as none did before version 3, speaks 2
     * @param site at a relay, of whose workers one is to be described; a model server ignores this and what follows
     * @param pass that shows a relay that a function asks
     * @param tokenizer of the target, if that is known: a relay describes a worker that fits it, if there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Describe(
            ProtocolVersion protocol,
            @Nullable String site,
            @Nullable String pass,
            @Nullable String tokenizer) implements Invocation {
        public Describe {
            protocol = Objects.requireNonNullElse(protocol, ProtocolVersion.UNSAID);
        }

        /** Of a model server. */
        public Describe(ProtocolVersion protocol) {
            this(protocol, null, null, null);
        }
    }

    /**
     * Asks for the tokens of a prompt; answered by {@link Reply.Tokenized}. Exactly one of the two is given.
     *
     * @param messages rendered with the model's own chat template, ready for the assistant's answer
     * @param text taken as it is, names of special tokens as those, after the model's begin-of-sequence token if it has one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tokenize(
            @Nullable List<ChatMessage> messages, @Nullable String text) implements Invocation {
        public Tokenize {
            if ((messages == null) == (text == null)) {
                throw new IllegalArgumentException("tokenize takes either messages or text");
            }
            messages = messages == null ? null : List.copyOf(messages);
        }
    }

    /**
     * Asks what a prompt's tokens stand for, and how likely the target finds each behind those before it; answered by {@link Reply.Scored}. Servers
     * that know no rules know nothing of it.
     *
     * @param caller for whom, if that is known
     * @param logprobs of how many likeliest tokens the log-probabilities are wanted as well; null where texts alone are, which need no pass
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Score(
            Tokens prompt,
            @Nullable CallerId caller,
            @Nullable Integer logprobs) implements Invocation {
        public Score {
            Require.atLeastOne("prompt", prompt.size());
            if (logprobs != null) {
                Require.within("logprobs", logprobs, 0, Limits.LOGPROBS_MAX);
                Require.atMost(
                        "prompt times logprobs", (long) prompt.size() * (1 + logprobs), Limits.LOGPROBS_OF_REQUEST_MAX);
            }
        }
    }

    /**
     * Target-only decoding by a plain loop at the endpoint, answered by a stream of {@link Reply.Generated} lines.
     *
     * @param caller for whom, if that is known; an older server ignores it
     * @param session that it serves, if that is known, so that it keeps its place where it comes again; an older server ignores it
     * @param logprobs of how many likeliest tokens the lines shall have log-probabilities; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Generate(
            Tokens prompt,
            SamplingOptions sampling,
            int maxTokens,
            @Nullable CallerId caller,
            @Nullable SessionId session,
            @Nullable Integer logprobs)
            implements Invocation {
        public Generate {
            if (logprobs != null) {
                Require.within("logprobs", logprobs, 0, Limits.LOGPROBS_MAX);
            }
            if (prompt.isEmpty() || maxTokens < 1) {
                throw new IllegalArgumentException("generate takes a prompt and max_tokens of at least 1");
            }
            // A body without it is refused by the codec, which names the field.
            if (sampling != null) {
                sampling.requirePrompt(prompt.size());
            }
        }

        /** With no log-probabilities. */
        public Generate(
                Tokens prompt,
                SamplingOptions sampling,
                int maxTokens,
                @Nullable CallerId caller,
                @Nullable SessionId session) {
            this(prompt, sampling, maxTokens, caller, session, null);
        }

        /** For nobody in particular. */
        public Generate(Tokens prompt, SamplingOptions sampling, int maxTokens) {
            this(prompt, sampling, maxTokens, null, null, null);
        }
    }

    /**
     * Frames of a link that has no stream of its own, answered by {@link Reply.Exchanged}: one frame for each of them.
     *
     * @param link made by its first call; known to one instance of an endpoint, for a while
     * @param frames {@code open} or {@code verify} of a target link, {@code open} of a draft link; none to leave the link
     */
    record Exchange(LinkId link, List<FrameJson> frames) implements Invocation {
        public Exchange {
            frames = FrameLists.checked(link, frames);
        }
    }

    /**
     * Frames of a draft link that has no stream of its own, answered by a stream of lines: each a frame of the worker's, until
     * it may draft no further. One that follows takes the place of one that is still being answered.
     *
     * @param frames what the controller has to say, if anything
     */
    record Follow(LinkId link, List<FrameJson> frames) implements Invocation {
        public Follow {
            frames = FrameLists.checked(link, frames);
        }
    }
}
