package io.wanspec.functions.access;

import io.wanspec.functions.settings.PromptRegions;
import java.util.Optional;

/** Where the prompts of keys may be seen. Blocks, and throws the table's exceptions. */
public interface KeyRegions {
    /**
     * As the key says now; empty if there is no such key any more.
     *
     * @param keyId as lists show it
     */
    Optional<PromptRegions> of(String keyId);
}
