package io.wanspec.functions.access;

import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.PromptRegions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known of a key. The secret is not.
 *
 * @param id public
 * @param hash of the secret, {@link KeySecret#hash}
 * @param name what its maker calls it
 * @param owner whose it is: keys of one owner reach the same records
 * @param expiresAt from then on it opens nothing
 * @param revokedAt from then on it opens nothing, as soon as caches have forgotten it
 */
public record AccessKey(
        String id,
        String hash,
        String name,
        String owner,
        Set<Scope> scopes,
        KeyLimits limits,
        PromptRegions regions,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {
    private static final Pattern ID = Pattern.compile("[0-9a-z]{12}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    /** Where a key stands. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public AccessKey {
        scopes = Set.copyOf(scopes);
        if (!ID.matcher(id).matches() || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("a key has an id of 12 and a hash of 64 characters");
        }
        if (!isName(name) || !isName(owner)) {
            throw new IllegalArgumentException(
                    "name and owner of a key have 1 to 64 characters, none of them a control");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key without a scope opens nothing");
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** To the second, as the table keeps time. */
    public State stateAt(Instant now) {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get()) ? State.EXPIRED : State.ACTIVE;
    }

    public Caller caller() {
        return new Caller(callerOf(owner), id, scopes, limits, regions);
    }

    /** As whom endpoints know the sessions of an owner's keys. */
    public static CallerId callerOf(String owner) {
        return CallerId.of("key-owner:" + owner);
    }

    AccessKey revoked(Instant now) {
        return revokedAt.isPresent()
                ? this
                : new AccessKey(id, hash, name, owner, scopes, limits, regions, createdAt, expiresAt, Optional.of(now));
    }
}
