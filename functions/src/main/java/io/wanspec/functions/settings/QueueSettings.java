package io.wanspec.functions.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the ledgers of finished requests are sent. */
public record QueueSettings(String region, @Nullable URI override, String url) {
    public QueueSettings {
        EndpointAddress.requireEncrypted(override);
        if (region.isBlank() || url.isBlank()) {
            throw new IllegalArgumentException("the ledger queue needs a region and a url");
        }
    }
}
