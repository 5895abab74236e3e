package io.wanspec.functions.access;

import io.wanspec.functions.settings.PromptRegions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Keys for tests. */
public final class Keys {
    public static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant MADE = Instant.parse("2026-11-01T12:00:00Z");

    private Keys() {}

    public static AccessKey usual(KeySecret secret, String owner) {
        return of(secret, owner, Scope.usual(), KeyLimits.none(), PromptRegions.any());
    }

    public static AccessKey of(
            KeySecret secret, String owner, Set<Scope> scopes, KeyLimits limits, PromptRegions regions) {
        return new AccessKey(
                secret.id(),
                secret.hash(),
                "test",
                owner,
                EnumSet.copyOf(scopes),
                limits,
                regions,
                MADE,
                Optional.empty(),
                Optional.empty());
    }

    /** Zero is no limit. */
    public static KeyLimits limits(long requests, long tokens, long day, long concurrent) {
        return new KeyLimits(limit(requests), limit(tokens), limit(day), limit(concurrent));
    }

    private static OptionalLong limit(long limit) {
        return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
    }
}
