package io.wanspec.functions.wiring;

import io.micronaut.core.value.PropertyResolver;
import io.wanspec.functions.settings.AccessSettings;
import io.wanspec.functions.settings.AccessSettings.Mode;

/** Reads {@code wanspec.access}. */
final class AccessReader {
    private static final String TABLE = "wanspec.sessions.table";
    private static final String HOST = "micronaut.server.host";

    private AccessReader() {}

    /** @throws IllegalArgumentException if the server would be open to others by mistake */
    static AccessSettings read(PropertyResolver resolver) {
        boolean openToNetwork = reader(resolver).bool("open-to-network", false);
        // A server without a host listens everywhere.
        String host = resolver.getProperty(HOST, String.class).orElse("0.0.0.0");
        AccessSettings settings = new AccessSettings(mode(resolver)).checkedFor(host, openToNetwork);
        if (settings.mode() != Mode.OPEN
                && resolver.getProperty(TABLE, String.class).isEmpty()) {
            throw new IllegalArgumentException(
                    "wanspec.access needs " + TABLE + ": keys, and what they have used, are kept there");
        }
        return settings;
    }

    static Mode mode(PropertyResolver resolver) {
        PropertyReader access = reader(resolver);
        if (access.bool("trust-gateway", false)) {
            return Mode.GATEWAY;
        }
        return access.bool("required", false) ? Mode.KEYS : Mode.OPEN;
    }

    private static PropertyReader reader(PropertyResolver resolver) {
        return new PropertyReader(resolver, "wanspec").under("access");
    }
}
