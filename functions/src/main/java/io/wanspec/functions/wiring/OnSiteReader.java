package io.wanspec.functions.wiring;

import io.micronaut.core.value.PropertyResolver;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.OnSiteSettings;
import java.util.Optional;

/** Reads {@code wanspec.on-site}; absent, nobody joins. */
final class OnSiteReader {
    private OnSiteReader() {}

    static Optional<OnSiteSettings> read(PropertyResolver resolver) {
        PropertyReader at = new PropertyReader(resolver, "wanspec").under("on-site");
        return at.text("ticket-key")
                .map(_ -> seal(at))
                .map(seal -> new OnSiteSettings(
                        seal,
                        relay(at.under("relay")),
                        at.parsed("dial-role", "a role's ARN", EndpointAccess.Role::new)));
    }

    /** Whoever asks for a site's workers needs it, too. The secret itself is in no message. */
    static TicketSeal seal(PropertyReader at) {
        try {
            return TicketSeal.of(at.required("ticket-key"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at.key("ticket-key") + ": " + e.getMessage(), e);
        }
    }

    private static EndpointAddress relay(PropertyReader at) {
        return new EndpointAddress(
                at.required("region"),
                at.required("endpoint"),
                at.uri("endpoint-override").orElse(null));
    }
}
