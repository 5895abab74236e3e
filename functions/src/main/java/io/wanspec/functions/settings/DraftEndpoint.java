package io.wanspec.functions.settings;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.DraftPlace;

/**
 * A draft worker that sessions may use.
 *
 * @param usdPerHour what it costs while it works; 0 where nobody says
 */
public record DraftEndpoint(WorkerId id, Place place, EndpointAddress address, double usdPerHour) {
    /** Of unknown price. */
    public DraftEndpoint(WorkerId id, Place place, EndpointAddress address) {
        this(id, place, address, 0);
    }

    /**
     * As a place that sessions are placed at. Machines of a site, and what is called with a secret, are somebody's own.
     *
     * @param slots sessions that it takes at a time; 0 for unknown
     */
    public DraftPlace draftPlace(int slots) {
        boolean onSite = address.site() != null || address.access() instanceof EndpointAccess.Secret;
        return new DraftPlace(
                id, onSite ? DraftPlace.Kind.ON_SITE : DraftPlace.Kind.REGION, address.region(), usdPerHour, slots);
    }

    public Worker worker() {
        return new Worker(id, place);
    }
}
