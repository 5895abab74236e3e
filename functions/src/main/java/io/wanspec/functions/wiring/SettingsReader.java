package io.wanspec.functions.wiring;

import io.micronaut.core.value.PropertyResolver;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Choice;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.Place;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From configuration to settings. A mistake stops the start with a message that names the key. */
final class SettingsReader {
    private final PropertyReader root;

    SettingsReader(PropertyResolver resolver) {
        this.root = new PropertyReader(resolver, "wanspec");
    }

    WanSpecSettings read() {
        EndpointAddress target = endpoint(root.under("target"), Optional.empty());
        List<DraftEndpoint> drafts = new ArrayList<>(WorkersReader.read(root));
        busyDraft(target.region()).ifPresent(drafts::add);
        return new WanSpecSettings(
                target,
                drafts,
                speculation(root.under("speculation")),
                limits(root.under("limits")),
                store(target.region()).orElse(null));
    }

    private Optional<DraftEndpoint> busyDraft(String targetRegion) {
        PropertyReader busy = root.under("busy-draft");
        return busy.text("endpoint")
                .map(name -> new DraftEndpoint(
                        new WorkerId(busy.text("id").orElse("busy")),
                        Place.BUSY_REGION,
                        endpoint(busy, Optional.of(targetRegion))));
    }

    private static EndpointAddress endpoint(PropertyReader at, Optional<String> region) {
        return new EndpointAddress(
                at.text("region").or(() -> region).orElseGet(() -> at.required("region")),
                at.required("endpoint"),
                at.uri("endpoint-override").orElse(null),
                choice(at, "transport", LinkTransport.class).orElse(LinkTransport.AUTO));
    }

    private static Speculation speculation(PropertyReader at) {
        Speculation absent = Speculation.defaults();
        return new Speculation(
                choice(at, "mode", Mode.class).orElse(absent.mode()),
                choice(at, "goal", Goal.class).orElse(absent.goal()),
                choice(at, "redundancy", RedundancyKind.class),
                at.optionalNumber("entropy-threshold"),
                at.optionalNumber("price"),
                drafts(at, absent.drafts().kind()));
    }

    private static DraftOptions drafts(PropertyReader at, DraftKind absent) {
        return new DraftOptions(
                choice(at, "draft", DraftKind.class).orElse(absent),
                at.optionalInteger("run-length"),
                at.optionalInteger("window"),
                at.optionalInteger("pass-nodes"),
                at.optionalInteger("candidates"));
    }

    private static <C extends Enum<C> & Choice> Optional<C> choice(PropertyReader at, String name, Class<C> type) {
        return at.parsed(
                name,
                "one of " + Choice.words(type),
                word -> Choice.find(type, word).orElseThrow());
    }

    private static ServingLimits limits(PropertyReader at) {
        ServingLimits absent = ServingLimits.defaults();
        return new ServingLimits(
                at.integer("max-sessions", absent.sessionsMax()),
                at.integer("mailbox-events", absent.mailboxEvents()),
                at.integer("default-max-tokens", absent.maxTokensDefault()),
                at.duration("deadline", absent.deadline()),
                at.duration("pass-timeout", absent.passTimeout()),
                at.integer("reopen-attempts", absent.reopenAttempts()),
                at.duration("client-timeout", absent.clientTimeout()),
                at.bool("guarded", absent.guarded()));
    }

    private Optional<StoreSettings> store(String targetRegion) {
        PropertyReader at = root.under("sessions");
        return at.text("table")
                .map(table -> new StoreSettings(
                        at.text("region").orElse(targetRegion),
                        at.uri("endpoint-override").orElse(null),
                        table,
                        at.duration("ttl", StoreSettings.TIME_TO_LIVE_DEFAULT),
                        at.bool("required", false),
                        at.duration("checkpoint-interval", StoreSettings.CHECKPOINT_INTERVAL_DEFAULT),
                        at.integer("writes-per-second", StoreSettings.WRITES_PER_SECOND_DEFAULT)));
    }
}
