package io.wanspec.contracts.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the draft link, in both directions. The controller sends {@link Open}, {@link Advance} and {@link Expand}; the worker answers
 * with {@link Ready} and then any number of {@link Drafted}, or with {@link Refused}, after which the link is dead.
 *
 * <p>Positions are absolute: index 0 is the prompt's first token.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DraftFrame.Open.class, name = "open"),
    @JsonSubTypes.Type(value = DraftFrame.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = DraftFrame.Advance.class, name = "advance"),
    @JsonSubTypes.Type(value = DraftFrame.Expand.class, name = "expand"),
    @JsonSubTypes.Type(value = DraftFrame.Drafted.class, name = "drafted"),
    @JsonSubTypes.Type(value = DraftFrame.Refused.class, name = "refused")
})
public sealed interface DraftFrame {
    /**
     * Opens a session at a worker, which starts to draft at once.
     *
     * @param target whom the drafts are for; the worker refuses a target of another tokenizer
     * @param prefix prompt and committed tokens so far, at least one
     * @param protocol what is spoken on this link
     * @param plan {@code draftUpTo} at most {@link Limits#WINDOW_TOKENS_MAX} beyond the prefix
     * @param caller for whom, if that is known and {@code protocol} can say it
     */
    record Open(
            ProtocolVersion protocol,
            SessionId session,
            ModelIdentity target,
            SamplingOptions sampling,
            Tokens prefix,
            DraftPlan plan,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            CallerId caller)
            implements DraftFrame {
        public Open {
            FrameFields.prefix(prefix);
            FrameFields.window(prefix.size(), plan.draftUpTo());
            sampling = FrameFields.drafted(protocol, sampling);
            caller = FrameFields.caller(protocol, caller);
        }

        /** For nobody in particular. */
        public Open(
                ProtocolVersion protocol,
                SessionId session,
                ModelIdentity target,
                SamplingOptions sampling,
                Tokens prefix,
                DraftPlan plan) {
            this(protocol, session, target, sampling, prefix, plan, null);
        }

        /** The same on a link that speaks {@code version}, for this caller. */
        public Open on(ProtocolVersion version, @Nullable CallerId of) {
            return new Open(version, session, target, sampling, prefix, plan, of);
        }
    }

    /**
     * The worker's answer to {@link Open}.
     *
     * @param protocol that of the {@code open}
     * @param model the worker's own
     */
    record Ready(ProtocolVersion protocol, ModelIdentity model) implements DraftFrame {}

    /**
     * What the target has committed since, and how the worker shall go on. What contradicts it is dropped.
     *
     * @param position of the first of {@code committed}
     * @param branch the prefix before {@code position}; a worker that does not hold it answers {@link Refused}
     * @param committed tokens that the target has committed from there on; may be empty
     */
    record Advance(int position, Branch branch, Tokens committed, DraftPlan plan) implements DraftFrame {
        public Advance {
            FrameFields.position(position);
            FrameFields.window(position + committed.size(), plan.draftUpTo());
        }
    }

    /**
     * Asks for one pass, beside whatever the plan has the worker do: what follows the wanted prefixes? A newer one replaces
     * one that has not begun. The worker ignores it if {@code branch} is no longer what it knows to be committed.
     *
     * @param position how many tokens are committed
     * @param branch the committed prefix
     * @param drafts continuations of it that the worker shall take for granted, at most {@link Limits#RUN_TOKENS_MAX};
     *     in JSON {@code guesses}
     * @param wanted nodes of {@code drafts} ({@link TokenTree#PREFIX} for the prefix itself) to be continued, at least one
     */
    record Expand(
            int position,
            Branch branch,
            @JsonProperty("guesses") TokenTree drafts,
            Ints wanted) implements DraftFrame {
        public Expand {
            FrameFields.position(position);
            Require.atMost("guesses", drafts.size(), Limits.RUN_TOKENS_MAX);
            Require.atLeastOne("wanted", wanted.size());
            Require.atMost("wanted", wanted.size(), Limits.PASS_NODES_MAX);
            for (int i = 0; i < wanted.size(); i++) {
                Require.within("wanted", wanted.get(i), TokenTree.PREFIX, drafts.size() - 1);
            }
        }
    }

    /**
     * What the draft model expects behind some prefixes, in columns: entry i of each is about prefix i, and the candidates of
     * all prefixes stand one behind the other.
     *
     * @param positions of the draft tokens
     * @param branches the prefixes before those positions, as the worker has them
     * @param entropiesMilliNats of the draft's distributions, in thousandths of a nat
     * @param counts how many candidates each prefix has, at least one
     * @param candidates next tokens, of each prefix the likeliest first: the first is the draft's own choice by the coupled
     *     rule
     * @param surprisalsMilliNats of each candidate, minus the logarithm of the probability that the draft gives to its being
     *     the target's choice, in thousandths of a nat
     * @param committed how many tokens the worker knew to be committed when it sent this: the controller tells replies to its
     *     last word, and so round trips, from what was under way
     * @param passes forward passes of the draft model since the last frame of this link
     * @param passMicros time of those passes, in microseconds
     */
    record Drafted(
            Ints positions,
            List<Branch> branches,
            Ints entropiesMilliNats,
            Ints counts,
            Tokens candidates,
            Ints surprisalsMilliNats,
            int committed,
            int passes,
            long passMicros)
            implements DraftFrame {
        /** More cannot lie between two frames of a worker that keeps to its window. */
        private static final int PASSES_MAX = 10_000;

        private static final long PASS_MICROS_MAX = 3_600_000_000L;

        public Drafted {
            int prefixes = positions.size();
            Require.atLeastOne("positions", prefixes);
            Require.atMost("positions", prefixes, Limits.DRAFTED_PREFIXES_MAX);
            Require.sameSize("branches", branches.size(), "positions", prefixes);
            Require.sameSize("entropiesMilliNats", entropiesMilliNats.size(), "positions", prefixes);
            Require.sameSize("counts", counts.size(), "positions", prefixes);
            int total = 0;
            for (int i = 0; i < prefixes; i++) {
                FrameFields.position(positions.get(i));
                Require.within("counts", counts.get(i), 1, Limits.CANDIDATES_MAX);
                total += counts.get(i);
            }
            Require.sameSize("candidates", candidates.size(), "the sum of counts", total);
            Require.sameSize("surprisalsMilliNats", surprisalsMilliNats.size(), "candidates", total);
            for (int i = 0; i < total; i++) {
                Require.notNegative("surprisalsMilliNats", surprisalsMilliNats.get(i));
            }
            Require.atLeastOne("committed", committed);
            Require.atMost("committed", committed, Limits.SEQUENCE_TOKENS_MAX);
            Require.notNegative("passes", passes);
            Require.atMost("passes", passes, PASSES_MAX);
            Require.notNegative("passMicros", passMicros);
            Require.atMost("passMicros", passMicros, PASS_MICROS_MAX);
            branches = List.copyOf(branches);
        }

        /** One candidate behind one prefix. */
        public static Drafted single(
                int position,
                Branch branch,
                int token,
                int entropyMilliNats,
                int surprisalMilliNats,
                int committed,
                int passes,
                long passMicros) {
            return new Drafted(
                    Ints.of(position),
                    List.of(branch),
                    Ints.of(entropyMilliNats),
                    Ints.of(1),
                    Tokens.of(token),
                    Ints.of(surprisalMilliNats),
                    committed,
                    passes,
                    passMicros);
        }

        /** How many prefixes it continues. */
        public int size() {
            return positions.size();
        }
    }

    /** The worker will not, or no longer, serve this session. */
    record Refused(RefusalCode code, String reason) implements DraftFrame {
        public Refused {
            reason = FrameFields.reason(reason);
        }
    }
}
