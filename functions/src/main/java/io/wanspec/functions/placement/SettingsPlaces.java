package io.wanspec.functions.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.WanSpecSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The draft endpoints of the settings, as places to draft at. Never blocks. */
public final class SettingsPlaces {
    private static final Seats UNKNOWN = new Seats(0, 0);

    private final WanSpecSettings settings;
    private final Endpoints endpoints;

    public SettingsPlaces(WanSpecSettings settings, Endpoints endpoints) {
        this.settings = settings;
        this.endpoints = endpoints;
    }

    /**
     * All of them, those that cannot or may not be used now too, in order of preference.
     *
     * @param regions which may see the tokens that a place is to be sent: where they may not, that is its obstacle
     */
    List<OfferedPlace> offered(PromptRegions regions) {
        Set<WorkerId> usable =
                endpoints.usableWorkers(regions).stream().map(Worker::id).collect(Collectors.toSet());
        return settings.drafts().stream()
                .filter(draft -> draft.place() == Place.DRAFT_REGION)
                .map(draft -> offered(draft, usable.contains(draft.id()) ? "" : obstacle(draft)))
                .toList();
    }

    private OfferedPlace offered(DraftEndpoint draft, String obstacle) {
        Seats seats = endpoints.seats(draft.id()).orElse(UNKNOWN);
        return new OfferedPlace(draft.draftPlace(seats.slots()), seats.inUse(), obstacle);
    }

    private static String where(EndpointAddress address) {
        OnSite site = address.site();
        return site == null ? "in " + address.region() : "at " + site.name() + " by way of " + address.region();
    }

    /** Of one that is not used for these prompts. */
    private String obstacle(DraftEndpoint draft) {
        return switch (endpoints.draftState(draft.id())) {
            case Handshake.Agreed agreed -> "prompts of this key may not be seen there, " + where(draft.address());
            case Handshake.Pending(var reason, var _) -> "it cannot be used now: " + reason;
            case Handshake.Refused(var reason) -> "it is not used: " + reason;
        };
    }
}
