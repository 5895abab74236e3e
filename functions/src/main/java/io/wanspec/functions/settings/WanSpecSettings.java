package io.wanspec.functions.settings;

import io.wanspec.contracts.request.Speculation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an operator can set.
 *
 * @param target whose text is served
 * @param drafts draft workers, remote ones in order of preference, and at most one in the busy region
 * @param store absent: sessions are not remembered
 */
public record WanSpecSettings(
        EndpointAddress target,
        List<DraftEndpoint> drafts,
        Speculation speculation,
        ServingLimits limits,
        @Nullable StoreSettings store) {
    public WanSpecSettings {
        drafts = List.copyOf(drafts);
        if (drafts.stream().map(DraftEndpoint::id).distinct().count() != drafts.size()) {
            throw new IllegalArgumentException("every draft worker needs an id of its own");
        }
    }
}
