package io.wanspec.functions.access;

import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.PromptRegions;
import java.util.Set;

/**
 * Whose request it is, as far as a key has shown.
 *
 * @param id of the key's owner: what a request leaves behind belongs to it, and all keys of one owner reach it
 * @param keyId of the key, public; budgets are counted by it
 * @param regions which may see this caller's prompts
 */
public record Caller(CallerId id, String keyId, Set<Scope> scopes, KeyLimits limits, PromptRegions regions) {
    /** Under this name a request carries its caller, where access is controlled. */
    public static final String ATTRIBUTE = "wanspec.caller";

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
