package io.wanspec.functions.workers;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import java.util.Optional;
import java.util.Set;

/** Tokens and requests of workers for tests. */
final class SiteTokens {
    static final ModelIdentity MODEL = new ModelIdentity("tiny", "a".repeat(64), "b".repeat(64), 256, 512);

    private SiteTokens() {}

    static WorkerToken of(KeySecret secret, WorkerScope scope) {
        AccessKey key = Keys.of(secret, secret.id(), Set.of(Scope.WORKER), KeyLimits.none(), PromptRegions.any());
        return new WorkerToken(key, scope);
    }

    static JoinRequest request(String instance, int slots) {
        return new JoinRequest(
                instance, MODEL, ProtocolVersion.CURRENT, slots, 0, Optional.empty(), Optional.empty(), true, false);
    }

    static JoinRequest leaving(String instance) {
        return new JoinRequest(
                instance, MODEL, ProtocolVersion.CURRENT, 1, 0, Optional.empty(), Optional.empty(), false, true);
    }
}
