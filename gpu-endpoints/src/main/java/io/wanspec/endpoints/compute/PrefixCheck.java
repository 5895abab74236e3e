package io.wanspec.endpoints.compute;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Why a model cannot continue a prefix. */
public record PrefixCheck(RefusalCode code, String reason) {
    /** @return what is wrong with {@code prefix}, or null */
    public static @Nullable PrefixCheck of(Tokens prefix, ModelIdentity model) {
        if (prefix.size() >= model.contextTokens()) {
            return new PrefixCheck(
                    RefusalCode.CONTEXT_EXCEEDED,
                    "prefix of " + prefix.size() + " tokens leaves no room in the context of " + model.name() + ", "
                            + model.contextTokens() + " tokens; shorten the prompt");
        }
        return ofIds("prefix", prefix, model);
    }

    /** @return which id of {@code tokens} the model does not know, or null */
    public static @Nullable PrefixCheck ofIds(String field, Tokens tokens, ModelIdentity model) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) >= model.vocabulary()) {
                return new PrefixCheck(
                        RefusalCode.BAD_FRAME,
                        field + "[" + i + "] must be a token id below " + model.vocabulary() + ", was "
                                + tokens.get(i));
            }
        }
        return null;
    }
}
