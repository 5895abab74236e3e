package io.wanspec.endpoints.compute;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.RefusalCode;

/** Whether a model can continue a prefix. */
public sealed interface PrefixCheck {
    /** It can. */
    record Fits() implements PrefixCheck {}

    /**
     * It cannot.
     *
     * @param reason for the peer: which field, which limit
     */
    record Refused(RefusalCode code, String reason) implements PrefixCheck {}

    /** A prefix must leave room for another token, and consist of ids that the model knows. */
    static PrefixCheck of(Tokens prefix, ModelIdentity model) {
        if (prefix.size() >= model.contextTokens()) {
            return new Refused(
                    RefusalCode.CONTEXT_EXCEEDED,
                    "prefix of " + prefix.size() + " tokens leaves no room in the context of " + model.name() + ", "
                            + model.contextTokens() + " tokens; shorten the prompt");
        }
        return ofIds("prefix", prefix, model);
    }

    /**
     * Only whether the model knows all ids.
     *
     * @param field of the frame that holds {@code tokens}
     */
    static PrefixCheck ofIds(String field, Tokens tokens, ModelIdentity model) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) >= model.vocabulary()) {
                return new Refused(
                        RefusalCode.BAD_FRAME,
                        field + "[" + i + "] must be a token id below " + model.vocabulary() + ", was "
                                + tokens.get(i));
            }
        }
        return new Fits();
    }
}
