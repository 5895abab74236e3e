package io.wanspec.functions.link;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Place;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.WanSpecSettings;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Links to the configured SageMaker endpoints. */
public final class SageMakerLinks implements Links {
    private final WanSpecSettings settings;
    private final SageMakerClients clients;
    private final Map<WorkerId, DraftEndpoint> drafts;

    public SageMakerLinks(WanSpecSettings settings, SageMakerClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.drafts = settings.drafts().stream()
                .collect(Collectors.toUnmodifiableMap(DraftEndpoint::id, Function.identity()));
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        var target = settings.target();
        return new SageMakerLink<>(target.name(), FrameWire.TARGET, listener, SageMakerLinks::uncounted)
                .open(clients.duplex(target));
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        DraftEndpoint draft = drafts.get(worker);
        if (draft == null) {
            throw new IllegalArgumentException("no draft worker " + worker + " is configured");
        }
        IntConsumer counter = draft.place() == Place.DRAFT_REGION ? meter::add : SageMakerLinks::uncounted;
        return new SageMakerLink<>(draft.address().name(), FrameWire.DRAFT, listener, counter)
                .open(clients.duplex(draft.address()));
    }

    /**
     * Opens a connection and leaves it open: a duplex stream that ends at once, whatever the endpoint thinks of it. Across
     * the wide-area network this spares the first session two or three round trips.
     */
    public void warm(EndpointAddress endpoint) {
        new SageMakerLink<>(endpoint.name(), FrameWire.TARGET, new IgnoringListener(), SageMakerLinks::uncounted)
                .open(clients.duplex(endpoint))
                .close();
    }

    /** For a link that nobody uses. */
    private static final class IgnoringListener implements LinkListener<TargetFrame> {
        @Override
        public void received(TargetFrame frame) {}

        @Override
        public void failed(LinkFailure failure) {}
    }

    /** Frames within the busy region. */
    private static void uncounted(int bytes) {}
}
