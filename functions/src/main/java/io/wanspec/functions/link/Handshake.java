package io.wanspec.functions.link;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Reply;
import java.util.Locale;

/** What is known of a model endpoint. */
public sealed interface Handshake {
    /** Nobody answered yet. */
    record Pending(String reason) implements Handshake {}

    /** It answered and may be used. */
    record Agreed(ModelIdentity model) implements Handshake {}

    /** It answered and must not be used. */
    record Refused(String reason) implements Handshake {}

    /** Judges a target's description. */
    static Handshake withTarget(Reply.Description description) {
        if (!description.protocol().equals(ProtocolVersion.CURRENT)) {
            return new Refused(ProtocolVersion.CURRENT.refusalOf(description.protocol()));
        }
        if (description.role() != EndpointRole.TARGET) {
            return new Refused("the endpoint configured as the target serves " + describe(description.model())
                    + " in the role of a " + description.role().name().toLowerCase(Locale.ROOT));
        }
        return new Agreed(description.model());
    }

    /** Judges a draft's description: its token ids must mean the target's text. */
    static Handshake withDraft(Reply.Description description, ModelIdentity target) {
        if (!description.protocol().equals(ProtocolVersion.CURRENT)) {
            return new Refused(ProtocolVersion.CURRENT.refusalOf(description.protocol()));
        }
        if (!description.model().canDraftFor(target)) {
            return new Refused("tokenizer mismatch: the draft serves " + describe(description.model()) + ", the target "
                    + describe(target) + "; deploy a draft with the target's vocabulary");
        }
        return new Agreed(description.model());
    }

    private static String describe(ModelIdentity model) {
        return model.name() + " (tokenizer " + model.tokenizer().substring(0, 12) + ")";
    }
}
