package io.wanspec.it.scenario;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.settings.PromptRegions;

/** Makes access keys, and takes them back: whoever runs a deployment does so. */
interface KeyDesk {
    /** @param secret as clients send it */
    record Made(String id, String secret) {}

    Made make(String owner, KeyLimits limits, PromptRegions regions);

    void revoke(Made key);

    /** Where the model is. */
    String targetRegion();
}
