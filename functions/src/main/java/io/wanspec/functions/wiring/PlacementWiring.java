package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.wanspec.contracts.request.Choice;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.placement.DraftPlacement;
import io.wanspec.functions.placement.SettingsPlaces;
import io.wanspec.functions.placement.SharedPlaces;
import io.wanspec.functions.session.Experience;
import io.wanspec.functions.settings.PlacementSettings;
import io.wanspec.functions.settings.PlacementSettings.DraftChoosing;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Who drafts, by what is measured. */
@Factory
final class PlacementWiring {
    @Singleton
    PlacementSettings placementSettings(Environment environment) {
        PropertyReader at = new PropertyReader(environment, "wanspec").under("placement");
        PlacementSettings absent = PlacementSettings.defaults();
        return new PlacementSettings(
                at.parsed(
                                "choice",
                                "one of " + Choice.words(DraftChoosing.class),
                                word -> Choice.find(DraftChoosing.class, word).orElseThrow())
                        .orElse(absent.choice()),
                at.bool("hedging", absent.hedging()));
    }

    @Bean(preDestroy = "close")
    @Singleton
    SharedPlaces sharedPlaces(Optional<Table> table) {
        return new SharedPlaces(table, Clock.systemUTC());
    }

    @Singleton
    SettingsPlaces settingsPlaces(WanSpecSettings settings, Endpoints endpoints) {
        return new SettingsPlaces(settings, endpoints);
    }

    @Singleton
    DraftPlacement draftPlacement(
            PlacementSettings settings,
            Endpoints endpoints,
            SettingsPlaces places,
            SharedPlaces measured,
            Experience experience) {
        return new DraftPlacement(settings, endpoints, places, measured, experience, Clock.systemUTC());
    }
}
