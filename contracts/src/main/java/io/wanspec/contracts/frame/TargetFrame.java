package io.wanspec.contracts.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the target link, in both directions. The controller sends {@link Open} (again whenever the endpoint has lost
 * the prefix) and one {@link Verify} at a time; the endpoint answers {@link Ready}, {@link Verified},
 * {@link PrefixUnknown} or {@link Refused}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TargetFrame.Open.class, name = "open"),
    @JsonSubTypes.Type(value = TargetFrame.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = TargetFrame.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = TargetFrame.Verified.class, name = "verified"),
    @JsonSubTypes.Type(value = TargetFrame.PrefixUnknown.class, name = "prefixUnknown"),
    @JsonSubTypes.Type(value = TargetFrame.Refused.class, name = "refused")
})
public sealed interface TargetFrame {
    /**
     * Opens a session, or sends its whole prefix anew. The endpoint fills its cache with the prefix.
     *
     * @param prefix prompt and committed tokens so far, at least one
     * @param protocol what is spoken on this link
     * @param promptTokens how many of them are the prompt's; text pieces begin behind it
     * @param caller for whom, if that is known and {@code protocol} can say it
     * @param logprobs of how many likeliest tokens the answers shall have log-probabilities, 0 for the chosen ones alone; null for none
     */
    record Open(
            ProtocolVersion protocol,
            SessionId session,
            SamplingOptions sampling,
            Tokens prefix,
            int promptTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            CallerId caller,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer logprobs)
            implements TargetFrame {
        public Open {
            FrameFields.prefix(prefix);
            Require.atLeastOne("promptTokens", promptTokens);
            Require.atMost("promptTokens", promptTokens, prefix.size());
            FrameFields.targeted(protocol, sampling);
            sampling.requirePrompt(promptTokens);
            FrameFields.logprobs(protocol, logprobs);
            caller = FrameFields.caller(protocol, caller);
        }

        /** For nobody in particular. */
        public Open(
                ProtocolVersion protocol,
                SessionId session,
                SamplingOptions sampling,
                Tokens prefix,
                int promptTokens) {
            this(protocol, session, sampling, prefix, promptTokens, null);
        }

        /** With no log-probabilities. */
        public Open(
                ProtocolVersion protocol,
                SessionId session,
                SamplingOptions sampling,
                Tokens prefix,
                int promptTokens,
                @Nullable CallerId caller) {
            this(protocol, session, sampling, prefix, promptTokens, caller, null);
        }

        /** The same on a link that speaks {@code version}, for this caller. */
        public Open on(ProtocolVersion version, @Nullable CallerId of) {
            return new Open(version, session, sampling, prefix, promptTokens, of, logprobs);
        }
    }

    /**
     * The endpoint's answer to {@link Open}.
     *
     * @param protocol that of the {@code open}
     * @param model the endpoint's own
     * @param cachedTokens how much of the prefix was in its cache already
     */
    record Ready(ProtocolVersion protocol, ModelIdentity model, int cachedTokens) implements TargetFrame {
        public Ready {
            Require.notNegative("cachedTokens", cachedTokens);
        }
    }

    /**
     * Asks for one target pass, and for more behind it where nobody has drafts.
     *
     * @param position of the first draft tokens: how many tokens are committed
     * @param branch the committed prefix
     * @param drafts what to verify: a chain, or a tree whose siblings differ; may be empty (plain decoding)
     * @param onward how many tokens the target shall then make by itself, a pass each, without being asked again; a server may
     *     make fewer, and one that does not know the field makes none
     */
    record Verify(
            RoundId round,
            int position,
            Branch branch,
            TokenTree drafts,

            @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            int onward)
            implements TargetFrame {
        public Verify {
            FrameFields.position(position);
            Require.atMost("drafts", drafts.size(), Limits.RUN_TOKENS_MAX);
            Require.notNegative("onward", onward);
            Require.atMost("onward", onward, Limits.ONWARD_TOKENS_MAX);
        }

        /** One pass. */
        public Verify(RoundId round, int position, Branch branch, TokenTree drafts) {
            this(round, position, branch, drafts, 0);
        }

        /** What is left of it when an answer has come that others follow: the same round, behind that answer, without drafts. */
        public Verify behind(Verified answer) {
            return new Verify(
                    round,
                    position + answer.tokens().size(),
                    branch.then(answer.tokens()),
                    TokenTree.none(),
                    Math.max(0, onward - 1));
        }

        /** The one pass alone. */
        public Verify once() {
            return onward == 0 ? this : new Verify(round, position, branch, drafts);
        }
    }

    /**
     * What the target chose.
     *
     * @param accepted how many drafts agree with the target's choices, one behind the other: the first so many of
     *     {@code tokens} are a path of the tree
     * @param tokens what is committed by this round: the accepted drafts and one token of the target's own, or less if an
     *     end-of-sequence token came first (then it is the last)
     * @param pieces text that becomes complete with each token; an unfinished UTF-8 sequence waits for its last token
     * @param ended whether the last token ends the sequence
     * @param passMicros time of the pass, in microseconds
     * @param load what else the pass did, if the server knows and the link's protocol can say it
     * @param logprobs of each token, if the {@code open} asked for them
     * @param goesOn whether another answer to the same round follows unasked, see {@link Verify#onward}
     */
    record Verified(
            RoundId round,
            int position,
            Branch branch,
            int accepted,
            Tokens tokens,
            List<String> pieces,
            boolean ended,
            long passMicros,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PassLoad load,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Logprobs logprobs,

            @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean goesOn)
            implements TargetFrame {
        public Verified {
            FrameFields.position(position);
            Require.atLeastOne("tokens", tokens.size());
            Require.atMost("tokens", tokens.size(), Limits.RUN_TOKENS_MAX + 1);
            Require.notNegative("accepted", accepted);
            Require.atMost("accepted", accepted, tokens.size());
            Require.sameSize("pieces", pieces.size(), "tokens", tokens.size());
            Require.notNegative("passMicros", passMicros);
            pieces = List.copyOf(pieces);
            if (logprobs != null) {
                Require.sameSize("logprobs", logprobs.each().size(), "tokens", tokens.size());
            }
        }

        /** Without log-probabilities. */
        public Verified(
                RoundId round,
                int position,
                Branch branch,
                int accepted,
                Tokens tokens,
                List<String> pieces,
                boolean ended,
                long passMicros,
                @Nullable PassLoad load) {
            this(round, position, branch, accepted, tokens, pieces, ended, passMicros, load, null, false);
        }

        /** Of a pass of which nothing else is said. */
        public Verified(
                RoundId round,
                int position,
                Branch branch,
                int accepted,
                Tokens tokens,
                List<String> pieces,
                boolean ended,
                long passMicros) {
            this(round, position, branch, accepted, tokens, pieces, ended, passMicros, null);
        }
    }

    /** The endpoint does not hold this prefix (any more); it wants {@link Open} again. */
    record PrefixUnknown(RoundId round, int position, Branch branch) implements TargetFrame {}

    /** The endpoint will not, or no longer, serve this session. */
    record Refused(RefusalCode code, String reason) implements TargetFrame {
        public Refused {
            reason = FrameFields.reason(reason);
        }
    }
}
