package io.wanspec.functions.placement;

import io.wanspec.controller.Place;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.WanSpecSettings;
import java.util.List;

/** The draft endpoints of the settings. */
public final class SettingsPlaces implements PlaceSource {
    private final WanSpecSettings settings;
    private final Endpoints endpoints;

    public SettingsPlaces(WanSpecSettings settings, Endpoints endpoints) {
        this.settings = settings;
        this.endpoints = endpoints;
    }

    @Override
    public List<OfferedPlace> offered() {
        return settings.drafts().stream()
                .filter(draft -> draft.place() == Place.DRAFT_REGION)
                .map(draft -> new OfferedPlace(draft.draftPlace(), 0, obstacle(draft)))
                .toList();
    }

    private String obstacle(DraftEndpoint draft) {
        return switch (endpoints.draftState(draft.id())) {
            case Handshake.Agreed agreed -> "";
            case Handshake.Pending(var reason, var _) -> "it cannot be used now: " + reason;
            case Handshake.Refused(var reason) -> "it is not used: " + reason;
        };
    }
}
