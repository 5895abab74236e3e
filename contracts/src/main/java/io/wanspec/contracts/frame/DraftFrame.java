package io.wanspec.contracts.frame;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import java.util.List;

/**
 * Frames of the draft link, in both directions. The controller sends {@link Open} and {@link Advance}; the worker answers
 * with {@link Ready} and then any number of {@link Drafted}, or with {@link Refused}, after which the link is dead.
 *
 * <p>Positions are absolute: index 0 is the prompt's first token.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DraftFrame.Open.class, name = "open"),
    @JsonSubTypes.Type(value = DraftFrame.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = DraftFrame.Advance.class, name = "advance"),
    @JsonSubTypes.Type(value = DraftFrame.Drafted.class, name = "drafted"),
    @JsonSubTypes.Type(value = DraftFrame.Refused.class, name = "refused")
})
public sealed interface DraftFrame {
    /**
     * Opens a session at a worker, which starts to draft at once.
     *
     * @param target whom the drafts are for; the worker refuses a target of another tokenizer
     * @param prefix prompt and committed tokens so far, at least one
     * @param draftUpTo first position that the worker may not draft yet; at most
     *     {@link Limits#WINDOW_TOKENS_MAX} beyond the prefix
     */
    record Open(
            ProtocolVersion protocol,
            SessionId session,
            ModelIdentity target,
            SamplingOptions sampling,
            Tokens prefix,
            int draftUpTo)
            implements DraftFrame {
        public Open {
            Require.prefix(prefix);
            Require.window(prefix.size(), draftUpTo);
        }
    }

    /** The worker's answer to {@link Open}. */
    record Ready(ProtocolVersion protocol, ModelIdentity model) implements DraftFrame {}

    /**
     * What the target has committed since, a path to draft behind, and how far the worker may go.
     *
     * @param position of the first of {@code committed}
     * @param branch the prefix before {@code position}; a worker that does not hold it answers {@link Refused}
     * @param committed tokens that the target has committed from there on; may be empty
     * @param path tokens behind those that the worker shall take for granted although nobody has verified them
     * @param draftUpTo first position that the worker may not draft yet
     */
    record Advance(int position, Branch branch, Tokens committed, Tokens path, int draftUpTo) implements DraftFrame {
        public Advance {
            Require.position(position);
            Require.atMost("path", path.size(), Limits.WINDOW_TOKENS_MAX);
            Require.window(position + committed.size(), draftUpTo);
        }
    }

    /**
     * Consecutive guesses.
     *
     * @param position of the first guess
     * @param branch the prefix before {@code position}, as the worker has it
     * @param tokens the guesses, at least one
     * @param entropiesMilliNats entropy of the draft's distribution at each guess, in thousandths of a nat
     * @param passes forward passes of the draft model since the last frame of this link
     * @param passMicros time of those passes, in microseconds
     */
    record Drafted(
            int position, Branch branch, Tokens tokens, List<Integer> entropiesMilliNats, int passes, long passMicros)
            implements DraftFrame {
        /** More cannot lie between two frames of a worker that keeps to its window. */
        private static final int PASSES_MAX = 10_000;

        private static final long PASS_MICROS_MAX = 3_600_000_000L;

        public Drafted {
            Require.position(position);
            Require.atLeastOne("tokens", tokens.size());
            Require.atMost("tokens", tokens.size(), Limits.DRAFTED_TOKENS_MAX);
            Require.same("entropiesMilliNats", entropiesMilliNats.size(), "tokens", tokens.size());
            Require.notNegative("passes", passes);
            Require.atMost("passes", passes, PASSES_MAX);
            Require.notNegative("passMicros", passMicros);
            Require.atMost("passMicros", passMicros, PASS_MICROS_MAX);
            entropiesMilliNats = List.copyOf(entropiesMilliNats);
        }
    }

    /** The worker will not, or no longer, serve this session. */
    record Refused(RefusalCode code, String reason) implements DraftFrame {
        public Refused {
            reason = Require.reason(reason);
        }
    }
}
