package io.wanspec.functions.link;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Place;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
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
    private final TransportMemory memory = new TransportMemory(System::nanoTime);

    public SageMakerLinks(WanSpecSettings settings, SageMakerClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.drafts = settings.drafts().stream()
                .collect(Collectors.toUnmodifiableMap(DraftEndpoint::id, Function.identity()));
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        EndpointAddress target = settings.target();
        var exchanges = new LinkExchanges(target, clients, SageMakerLinks::uncounted);
        return open(
                target,
                listener,
                to -> new SageMakerLink<>(target, FrameWire.TARGET, to, SageMakerLinks::uncounted)
                        .open(clients.duplex(target)),
                to -> new TargetCalls(target.name(), exchanges, to));
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        DraftEndpoint draft = drafts.get(worker);
        if (draft == null) {
            throw new IllegalArgumentException("no draft worker " + worker + " is configured");
        }
        IntConsumer counter = draft.place() == Place.DRAFT_REGION ? meter::add : SageMakerLinks::uncounted;
        EndpointAddress at = draft.address();
        var exchanges = new LinkExchanges(at, clients, counter);
        var follows = new FollowCalls(at, clients, counter);
        return open(
                at,
                listener,
                to -> new SageMakerLink<>(at, FrameWire.DRAFT, to, counter).open(clients.duplex(at)),
                to -> new DraftCalls(at.name(), exchanges, follows, to));
    }

    private <F> Link<F> open(
            EndpointAddress at,
            LinkListener<F> listener,
            Function<LinkListener<F>, Link<F>> stream,
            Function<LinkListener<F>, Link<F>> calls) {
        return switch (transport(at)) {
            case BIDIRECTIONAL -> stream.apply(listener);
            case INVOCATIONS -> calls.apply(listener);
            case AUTO -> new FallbackLink<>(listener, calls, () -> memory.streamsAreMissing(at)).open(stream);
        };
    }

    private LinkTransport transport(EndpointAddress at) {
        return at.transport() == LinkTransport.AUTO && memory.areStreamsMissing(at)
                ? LinkTransport.INVOCATIONS
                : at.transport();
    }

    /**
     * Opens a connection and leaves it open: a duplex stream that ends at once, whatever the endpoint thinks of it. Across
     * the wide-area network this spares the first session two or three round trips. Where links are made of calls
     * nothing is done: their first round makes its connection, as a generation does.
     */
    public void warm(EndpointAddress endpoint) {
        if (transport(endpoint) == LinkTransport.INVOCATIONS) {
            return;
        }
        new SageMakerLink<>(endpoint, FrameWire.TARGET, new IgnoringListener(), SageMakerLinks::uncounted)
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
