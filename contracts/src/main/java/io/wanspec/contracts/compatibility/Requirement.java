package io.wanspec.contracts.compatibility;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.invoke.EndpointRole;

/** What must hold beside the protocol, for the purpose at hand. */
public sealed interface Requirement {
    /**
     * The same ids must mean the same text, or drafts are of no use.
     *
     * @param draft model that drafts
     * @param target model that verifies
     */
    record SameVocabulary(ModelIdentity draft, ModelIdentity target) implements Requirement {}

    /**
     * A text goes on with the weights that it began with, to the bit.
     *
     * @param begun the target that the request began with
     * @param now the one that answers now
     */
    record SameWeights(ModelIdentity begun, ModelIdentity now) implements Requirement {}

    /**
     * An endpoint must do what it is configured for.
     *
     * @param configured what it shall do
     * @param actual what it says that it does
     * @param model that it serves
     */
    record InRole(EndpointRole configured, EndpointRole actual, ModelIdentity model) implements Requirement {}
}
