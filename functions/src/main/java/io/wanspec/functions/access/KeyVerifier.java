package io.wanspec.functions.access;

import io.wanspec.functions.access.KeyVerdict.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whose key a bearer token is. Asks the table seldom; blocks when it does. */
public final class KeyVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(KeyVerifier.class);
    private static final String SCHEME = "Bearer ";

    private final Lookup table;
    private final Clock clock;
    private final LongSupplier nanos;
    private final KeyCache cache;
    private final LookupGate gate;
    private final SharedLookups lookups = new SharedLookups();
    private final Executor refresher;

    /** Where keys are looked up by the hash of their secret. */
    public interface Lookup {
        /** @throws RuntimeException if the table does not answer */
        Optional<AccessKey> find(String hash);
    }

    /** @param refresher reads keys ahead of time */
    KeyVerifier(Lookup table, Clock clock, LongSupplier nanos, Duration knownFor, Executor refresher) {
        this.refresher = refresher;
        this.table = table;
        this.clock = clock;
        this.nanos = nanos;
        this.cache = new KeyCache(knownFor);
        this.gate = new LookupGate(nanos.getAsLong());
    }

    /** One that remembers keys for {@link KeyCache#KNOWN_FOR}: for a server. */
    public static KeyVerifier caching(Lookup table, Clock clock) {
        return new KeyVerifier(table, clock, System::nanoTime, KeyCache.KNOWN_FOR, KeyVerifier::inBackground);
    }

    /** One that remembers only which keys do not exist: for an authorizer, whose gateway remembers the others. */
    public static KeyVerifier asking(Lookup table, Clock clock) {
        return new KeyVerifier(table, clock, System::nanoTime, Duration.ZERO, KeyVerifier::inBackground);
    }

    private static void inBackground(Runnable lookup) {
        Thread.ofVirtual().name("key-refresh").start(lookup);
    }

    /** @param authorization the header of this name, as it came */
    public KeyVerdict verify(Optional<String> authorization) {
        Optional<String> token = authorization.flatMap(KeyVerifier::bearer);
        if (token.isEmpty()) {
            return new KeyVerdict.Refused(authorization.isPresent() ? Reason.MALFORMED : Reason.MISSING);
        }
        return KeySecret.parse(token.get())
                .map(secret -> find(secret.hash()))
                .orElseGet(() -> new KeyVerdict.Refused(Reason.MALFORMED));
    }

    private static Optional<String> bearer(String header) {
        boolean fits = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return fits ? Optional.of(header.substring(SCHEME.length()).strip()) : Optional.empty();
    }

    private KeyVerdict find(String hash) {
        long now = nanos.getAsLong();
        Optional<AccessKey> known = cache.find(hash, now);
        if (known.isPresent()) {
            if (cache.isEnding(hash, now)) {
                lookups.begin(hash, () -> ask(hash, nanos.getAsLong()), refresher);
            }
            return judge(known.get());
        }
        if (cache.isUnknown(hash, now)) {
            return new KeyVerdict.Refused(Reason.UNKNOWN);
        }
        return lookups.join(hash, () -> lookUp(hash));
    }

    /** Alone with this key. */
    private KeyVerdict lookUp(String hash) {
        long now = nanos.getAsLong();
        Optional<AccessKey> known = cache.find(hash, now);
        if (known.isPresent()) {
            // Another lookup has ended since this key was looked for.
            return judge(known.get());
        }
        if (cache.wasKnown(hash)) {
            // In use: one read in half a minute, which no flood of others stands in the way of.
            return ask(hash, now);
        }
        if (!gate.enter(now)) {
            return new KeyVerdict.Undecided("too many keys that are not known");
        }
        try {
            return ask(hash, now);
        } finally {
            gate.leave();
        }
    }

    private KeyVerdict ask(String hash, long askedNanos) {
        Optional<AccessKey> found;
        try {
            // Compared once more in constant time: what the table found it by is its own business.
            found = table.find(hash).filter(key -> isSame(key.hash(), hash));
        } catch (RuntimeException e) {
            LOG.warn("Keys cannot be looked up: {}", e.getClass().getSimpleName());
            return new KeyVerdict.Undecided("the table of keys cannot be read");
        }
        if (found.isEmpty()) {
            cache.rememberUnknown(hash, askedNanos);
            return new KeyVerdict.Refused(Reason.UNKNOWN);
        }
        cache.remember(found.get(), askedNanos);
        return judge(found.get());
    }

    /** A key expires to the second even while it is remembered. */
    private KeyVerdict judge(AccessKey key) {
        return switch (key.stateAt(clock.instant())) {
            case ACTIVE -> new KeyVerdict.Valid(key);
            case EXPIRED -> new KeyVerdict.Ended(key, Reason.EXPIRED);
            case REVOKED -> new KeyVerdict.Ended(key, Reason.REVOKED);
        };
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
