package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model server answers to an {@link Invocation}, as JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Description.class, name = "description"),
    @JsonSubTypes.Type(value = Reply.Tokenized.class, name = "tokenized"),
    @JsonSubTypes.Type(value = Reply.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = Reply.Generated.class, name = "generated"),
    @JsonSubTypes.Type(value = Reply.Exchanged.class, name = "exchanged"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {
    /**
     * Who the server is.
     *
     * @param protocol what it speaks with the asker: the lower of both newest versions, where it speaks that
     * @param role what it does on its duplex streams
     * @param seats for sessions, if somebody counts them: a relay does
     */
    record Description(
            ProtocolVersion protocol,
            ModelIdentity model,
            EndpointRole role,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Seats seats)
            implements Reply {
        public Description {
            if (Stream.of(protocol, model, role).anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("a description names protocol, model and role");
            }
        }

        /** Of one that does not say how many sessions it takes. */
        public Description(ProtocolVersion protocol, ModelIdentity model, EndpointRole role) {
            this(protocol, model, role, null);
        }
    }

    record Tokenized(Tokens tokens) implements Reply {
        public Tokenized {
            Objects.requireNonNull(tokens, "tokens");
        }
    }

    /**
     * A prompt, token by token.
     *
     * @param texts of each token the bytes, a character each
     * @param logprobs of each token but the first, which follows nothing; null where nobody asked
     */
    record Scored(
            List<String> texts,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Logprobs logprobs) implements Reply {
        public Scored {
            texts = List.copyOf(texts);
            if (logprobs != null && logprobs.each().size() != texts.size() - 1) {
                throw new IllegalArgumentException("log-probabilities of every token but the first");
            }
        }
    }

    /**
     * One line of a generation stream.
     *
     * @param pieces text that becomes complete with each token
     * @param ended whether the model ended the sequence
     * @param load what else the pass did, if the server knows
     * @param model that makes the text, in the first line; an older server does not say it
     * @param logprobs of each token, if they were asked for
     * @param cachedTokens how much of the prompt was in the server's cache already, in the first line; an older server does not say it
     */
    record Generated(
            Tokens tokens,
            List<String> pieces,
            boolean ended,
            long passMicros,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PassLoad load,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ModelIdentity model,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Logprobs logprobs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer cachedTokens)
            implements Reply {
        public Generated {
            pieces = List.copyOf(pieces);
            if (pieces.size() != tokens.size()) {
                throw new IllegalArgumentException("a piece for every token");
            }
            if (logprobs != null && !logprobs.fits(tokens.size())) {
                throw new IllegalArgumentException("log-probabilities of every token, or of none");
            }
        }

        /** Without log-probabilities. */
        public Generated(
                Tokens tokens,
                List<String> pieces,
                boolean ended,
                long passMicros,
                @Nullable PassLoad load,
                @Nullable ModelIdentity model) {
            this(tokens, pieces, ended, passMicros, load, model, null, null);
        }

        /** How much of a prompt of so many tokens needed no pass, as far as the server says. */
        public int cached(int promptTokens) {
            return cachedTokens == null ? 0 : Math.clamp(cachedTokens, 0, promptTokens);
        }

        /** Of a pass of which nothing else is said. */
        public Generated(Tokens tokens, List<String> pieces, boolean ended, long passMicros) {
            this(tokens, pieces, ended, passMicros, null, null);
        }
    }

    /** The answers to the frames of an {@link Invocation.Exchange}, in their order; fewer if the link ended by a refusal. */
    record Exchanged(List<FrameJson> frames) implements Reply {
        public Exchanged {
            frames = List.copyOf(frames);
        }
    }

    /**
     * Why there is no other reply.
     *
     * @param field the request's field at fault, or empty
     * @param message a sentence for whoever sent the request
     */
    record Failed(ReplyCode code, String field, String message) implements Reply {}
}
