package io.wanspec.cli;

import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Makes keys. The secret leaves here once, and is kept nowhere. */
final class KeyMaker {
    /** What a key may do if nothing else is said. */
    static final Policy UNLIMITED = new Policy(Scope.usual(), KeyLimits.none(), PromptRegions.any(), Optional.empty());

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyMaker() {}

    /** @param lifetime absent: until it is revoked */
    record Policy(Set<Scope> scopes, KeyLimits limits, PromptRegions regions, Optional<Duration> lifetime) {
        Policy {
            scopes = Set.copyOf(scopes);
        }
    }

    /** @param made and stored; {@code secret} opens it */
    record Made(KeySecret secret, AccessKey made) {}

    static String draw(KeyStore keys, String name, Optional<String> owner, Policy policy) {
        return make(keys, name, owner, policy).secret().reveal();
    }

    /** @param owner absent: the key is its own, and shares nothing with others */
    static Made make(KeyStore keys, String name, Optional<String> owner, Policy policy) {
        Made made = draw(name, owner, policy);
        keys.create(made.made());
        return made;
    }

    /** One that is stored nowhere yet. */
    static Made draw(String name, Optional<String> owner, Policy policy) {
        KeySecret secret = KeySecret.draw(RANDOM);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        AccessKey key = new AccessKey(
                secret.id(),
                secret.hash(),
                name,
                owner.orElse(secret.id()),
                policy.scopes(),
                policy.limits(),
                policy.regions(),
                now,
                policy.lifetime().map(now::plus),
                Optional.empty());
        return new Made(secret, key);
    }
}
