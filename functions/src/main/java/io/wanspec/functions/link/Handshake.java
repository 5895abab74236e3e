package io.wanspec.functions.link;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Reply;

/** What is known of a model endpoint. */
public sealed interface Handshake {
    /**
     * Nobody answered yet.
     *
     * @param starting whether the endpoint says that it is about to have an instance in service
     */
    record Pending(String reason, boolean starting) implements Handshake {
        Pending(String reason) {
            this(reason, false);
        }
    }

    /**
     * It answered and may be used.
     *
     * @param protocol the version to speak with it
     */
    record Agreed(ModelIdentity model, ProtocolVersion protocol) implements Handshake {}

    /** It answered and must not be used. */
    record Refused(String reason) implements Handshake {}

    /** Judges a target's description. */
    static Handshake withTarget(Reply.Description description) {
        return of(description, Compatibility.judge(description.protocol(), role(EndpointRole.TARGET, description)));
    }

    /** Judges a draft's description: its token ids must mean the target's text. */
    static Handshake withDraft(Reply.Description description, ModelIdentity target) {
        return of(
                description,
                Compatibility.judge(
                        description.protocol(),
                        role(EndpointRole.DRAFT, description),
                        new Requirement.SameVocabulary(description.model(), target)));
    }

    private static Requirement role(EndpointRole configured, Reply.Description description) {
        return new Requirement.InRole(configured, description.role(), description.model());
    }

    private static Handshake of(Reply.Description description, Compatibility verdict) {
        return switch (verdict) {
            case Compatibility.Agreed(var version) -> new Agreed(description.model(), version);
            case Compatibility.Refusal refusal -> new Refused(refusal.sentence());
        };
    }
}
