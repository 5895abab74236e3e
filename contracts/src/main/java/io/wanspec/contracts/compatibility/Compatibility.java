package io.wanspec.contracts.compatibility;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.EndpointRole;
import java.util.Locale;

/**
 * Whether this build and a peer can work together: on the protocol, and on what else the purpose requires. Everybody who has
 * to know asks {@link #judge}, so that all judge alike and say the same.
 */
public sealed interface Compatibility {
    /**
     * They can.
     *
     * @param version what they speak with one another
     */
    record Agreed(ProtocolVersion version) implements Compatibility {}

    /** They cannot. */
    sealed interface Refusal extends Compatibility {
        /** What is wrong, with both sides' names, and what to do about it: one sentence for the operator. */
        String sentence();

        /** How a frame says it. */
        default RefusalCode code() {
            return RefusalCode.MODEL_MISMATCH;
        }
    }

    /** The peer's protocol is one that this build has dropped. */
    record ProtocolTooOld(ProtocolVersion peer) implements Refusal {
        @Override
        public String sentence() {
            return protocols(peer) + " (too old); deploy a newer WANSpec release on the peer's side";
        }

        @Override
        public RefusalCode code() {
            return RefusalCode.PROTOCOL_MISMATCH;
        }
    }

    /** The peer's protocol is newer, and the peer does not speak this build's any more. */
    record ProtocolTooNew(ProtocolVersion peer) implements Refusal {
        @Override
        public String sentence() {
            return protocols(peer) + " (too new); deploy a newer WANSpec release on this side";
        }

        @Override
        public RefusalCode code() {
            return RefusalCode.PROTOCOL_MISMATCH;
        }
    }

    /** The draft's token ids mean another text than the target's. */
    record OtherVocabulary(ModelIdentity draft, ModelIdentity target) implements Refusal {
        @Override
        public String sentence() {
            return "tokenizer mismatch: the draft serves " + tokenizer(draft) + ", the target " + tokenizer(target)
                    + "; deploy a draft with the target's vocabulary";
        }
    }

    /** The target serves other weights than the text began with. */
    record OtherWeights(ModelIdentity begun, ModelIdentity now) implements Refusal {
        @Override
        public String sentence() {
            return "the target endpoint now serves other weights (" + weights(now) + ") than the request began with ("
                    + weights(begun) + "); send the request again";
        }
    }

    /** The endpoint does something else than it is configured for. */
    record OtherRole(EndpointRole configured, EndpointRole actual, ModelIdentity model) implements Refusal {
        @Override
        public String sentence() {
            return "the endpoint configured as the " + word(configured) + " serves " + tokenizer(model)
                    + " in the role '" + word(actual) + "'; configure an endpoint of the right role";
        }
    }

    /**
     * Judges a peer: first its protocol, then each requirement in order.
     *
     * @param peer the version that the peer named: in a description, an open or a ready frame, for the link with this side
     * @return the first thing that does not fit, or the version to speak
     */
    static Compatibility judge(ProtocolVersion peer, Requirement... requirements) {
        Compatibility verdict = ofProtocol(peer);
        for (Requirement requirement : requirements) {
            if (verdict instanceof Agreed && !holds(requirement)) {
                verdict = refusal(requirement);
            }
        }
        return verdict;
    }

    private static Compatibility ofProtocol(ProtocolVersion peer) {
        if (peer.number() < ProtocolVersion.OLDEST.number()) {
            return new ProtocolTooOld(peer);
        }
        return peer.number() > ProtocolVersion.CURRENT.number() ? new ProtocolTooNew(peer) : new Agreed(peer);
    }

    private static boolean holds(Requirement requirement) {
        return switch (requirement) {
            case Requirement.SameVocabulary(var draft, var target) ->
                draft.tokenizer().equals(target.tokenizer());
            case Requirement.SameWeights(var begun, var now) -> begun.weights().equals(now.weights());
            case Requirement.InRole(var configured, var actual, var _) -> configured == actual;
        };
    }

    private static Refusal refusal(Requirement requirement) {
        return switch (requirement) {
            case Requirement.SameVocabulary(var draft, var target) -> new OtherVocabulary(draft, target);
            case Requirement.SameWeights(var begun, var now) -> new OtherWeights(begun, now);
            case Requirement.InRole(var configured, var actual, var model) -> new OtherRole(configured, actual, model);
        };
    }

    private static String protocols(ProtocolVersion peer) {
        return "protocol version mismatch: this side speaks " + ProtocolVersion.OLDEST.number() + " to "
                + ProtocolVersion.CURRENT.number() + ", the peer " + peer.number();
    }

    private static String tokenizer(ModelIdentity model) {
        return model.name() + " (tokenizer " + model.tokenizer().substring(0, 12) + ")";
    }

    private static String weights(ModelIdentity model) {
        return model.name() + " " + model.weights().substring(0, 12);
    }

    private static String word(EndpointRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
