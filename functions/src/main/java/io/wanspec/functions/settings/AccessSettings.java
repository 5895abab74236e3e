package io.wanspec.functions.settings;

/**
 * Who may use the API.
 *
 * @param mode whether keys are asked for, and by whom
 */
public record AccessSettings(Mode mode) {
    /** How callers are told apart. */
    public enum Mode {
        /** Everybody may do everything; fit for one machine and one person. */
        OPEN,
        /** Every request shows a key, which is checked here. */
        KEYS,
        /** Every request has passed an API Gateway whose authorizer checked the key; its word is taken. */
        GATEWAY
    }

    /**
     * Refuses what would be open by mistake.
     *
     * @param host that the server listens on
     * @param openToNetwork whether somebody said that everybody who reaches this machine may use it
     * @throws IllegalArgumentException with the settings that help
     */
    public AccessSettings checkedFor(String host, boolean openToNetwork) {
        boolean loopback = EndpointAddress.isLoopback(host);
        if (mode == Mode.OPEN && !loopback && !openToNetwork) {
            throw new IllegalArgumentException("micronaut.server.host is " + host
                    + ", which others can reach, and no keys are asked for. Set wanspec.access.required to true, or"
                    + " wanspec.access.open-to-network to true if everybody may use this server");
        }
        if (mode == Mode.GATEWAY && !loopback) {
            throw new IllegalArgumentException("wanspec.access.trust-gateway takes callers from a header, which whoever"
                    + " reaches " + host + " could write. Listen on 127.0.0.1, where the web adapter of the same"
                    + " function connects, or set wanspec.access.required to true instead");
        }
        return this;
    }
}
