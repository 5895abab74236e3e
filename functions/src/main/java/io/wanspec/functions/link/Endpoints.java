package io.wanspec.functions.link;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.PlaceFindings;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.WanSpecSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who serves what. A draft that does not agree with the target is left out; the log and the health check say why.
 */
public final class Endpoints implements FailureReports, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    private final WanSpecSettings settings;
    private final EndpointProbe target;
    private final Map<WorkerId, EndpointProbe> drafts = new LinkedHashMap<>();
    private final Set<WorkerId> refusedSites = ConcurrentHashMap.newKeySet();

    /** @param warm makes a connection to a place, so that a session's first link need not wait for it */
    public Endpoints(WanSpecSettings settings, EndpointCalls calls, Consumer<EndpointAddress> warm) {
        this(settings, calls, warm, found -> {});
    }

    /** @param probed told of each answer of a remote draft; what does not answer is left out anyway */
    public Endpoints(
            WanSpecSettings settings,
            EndpointCalls calls,
            Consumer<EndpointAddress> warm,
            Consumer<PlaceFindings> probed) {
        this.settings = settings;
        this.target =
                new EndpointProbe(settings.target(), calls, this::targetChanged, () -> warm.accept(settings.target()));
        for (DraftEndpoint draft : settings.drafts()) {
            drafts.put(
                    draft.id(),
                    new EndpointProbe(
                            draft.address(),
                            calls,
                            this::reportRefused,
                            () -> warm.accept(draft.address()),
                            this::tokenizer,
                            draft.place() == Place.DRAFT_REGION
                                    ? took -> probed.accept(PlaceFindings.answered(draft.id(), took))
                                    : took -> {}));
        }
    }

    /** Starts to ask the endpoints in the background. */
    public Endpoints start() {
        target.start();
        drafts.values().forEach(EndpointProbe::start);
        return this;
    }

    /** The target's state; asks the endpoint if it is unknown, and blocks as long as that takes. For requests: it keeps all endpoints in mind. */
    public Handshake askTarget() {
        target.use();
        drafts.values().forEach(EndpointProbe::use);
        drafts.values().stream().filter(EndpointProbe::isOld).forEach(EndpointProbe::askSoon);
        return judgeTarget(target.knownOrAsked());
    }

    /**
     * Asks every endpoint that was not asked within {@code age}, and returns when they have answered, at the latest after {@code
     * limit}: whoever looks rarely still sees the present.
     */
    public void refresh(Duration age, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<EndpointProbe, Long> asked = new LinkedHashMap<>();
        Stream.concat(Stream.of(target), drafts.values().stream())
                .filter(probe -> !probe.isFresh(age))
                .forEach(probe -> {
                    asked.put(probe, probe.questions());
                    probe.askSoon();
                });
        try {
            for (var entry : asked.entrySet()) {
                entry.getKey().awaitMore(entry.getValue(), deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Since when the target answers, or does not. */
    public Instant targetSince() {
        return target.since();
    }

    /** Since when a worker answers, or does not; absent for one that is not configured. */
    public Optional<Instant> draftSince(WorkerId worker) {
        return Optional.ofNullable(drafts.get(worker)).map(EndpointProbe::since);
    }

    /** The target's state as far as it is known. */
    public Handshake targetState() {
        return judgeTarget(target.known());
    }

    /** A worker's state as far as it is known. */
    public Handshake draftState(WorkerId worker) {
        EndpointProbe probe = drafts.get(worker);
        if (probe == null) {
            return new Handshake.Refused("no draft worker " + worker + " is configured");
        }
        Optional<Reply.Description> description = probe.known();
        if (description.isEmpty()) {
            return new Handshake.Pending(probe.problem(), probe.isStarting());
        }
        return targetState() instanceof Handshake.Agreed(ModelIdentity model, var _)
                ? Handshake.withDraft(description.get(), model)
                : new Handshake.Pending("waits for the target");
    }

    /** How many sessions a worker, or all of a site, have just now, if they say so. */
    public Optional<Seats> seats(WorkerId worker) {
        return Optional.ofNullable(drafts.get(worker)).flatMap(EndpointProbe::seats);
    }

    /** What is spoken with each; an endpoint may be lost between two looks at it, and is then not named. */
    public Map<WorkerId, ProtocolVersion> protocols(List<Worker> workers) {
        Map<WorkerId, ProtocolVersion> protocols = new HashMap<>();
        for (Worker worker : workers) {
            if (draftState(worker.id()) instanceof Handshake.Agreed(var _, var protocol)) {
                protocols.put(worker.id(), protocol);
            }
        }
        return protocols;
    }

    /**
     * Workers that agree with the target: remote ones first, in the configured order.
     *
     * @param regions which may see the tokens that the workers are to be sent
     */
    public List<Worker> usableWorkers(PromptRegions regions) {
        return settings.drafts().stream()
                .filter(d -> d.address().mayBeSent(regions))
                .filter(d -> draftState(d.id()) instanceof Handshake.Agreed)
                .map(this::worker)
                .sorted(Comparator.comparing((Worker w) -> w.place() == Place.BUSY_REGION))
                .toList();
    }

    private Worker worker(DraftEndpoint draft) {
        Worker unmeasured = draft.worker();
        return Optional.ofNullable(drafts.get(draft.id()))
                .flatMap(EndpointProbe::roundTrip)
                .map(roundTrip -> new Worker(unmeasured.id(), unmeasured.place(), roundTrip))
                .orElse(unmeasured);
    }

    @Override
    public void targetFailed() {
        target.askSoon();
    }

    @Override
    public void workerFailed(WorkerId worker) {
        EndpointProbe probe = drafts.get(worker);
        if (probe != null) {
            probe.askSoon();
        }
    }

    /** Workers have come to a site, or left it: one that can be used may be there now. */
    public void siteChanged(String site) {
        askSites(site::equals);
    }

    /** Who answers for a site depends on whom he is to fit. */
    private void targetChanged() {
        reportRefused();
        askSites(any -> true);
    }

    private void askSites(Predicate<String> which) {
        for (DraftEndpoint draft : settings.drafts()) {
            OnSite at = draft.address().site();
            EndpointProbe probe = drafts.get(draft.id());
            if (at != null
                    && which.test(at.name())
                    && probe != null
                    && !(draftState(draft.id()) instanceof Handshake.Agreed)) {
                probe.askSoon();
            }
        }
    }

    private Optional<String> tokenizer() {
        return target.known().map(description -> description.model().tokenizer());
    }

    @Override
    public void close() {
        target.close();
        drafts.values().forEach(EndpointProbe::close);
    }

    private Handshake judgeTarget(Optional<Reply.Description> description) {
        return description
                .map(Handshake::withTarget)
                .orElseGet(() -> new Handshake.Pending(target.problem(), target.isStarting()));
    }

    private void reportRefused() {
        if (targetState() instanceof Handshake.Refused(String reason)) {
            LOG.error("The target is not used: {}", reason);
        }
        for (DraftEndpoint draft : settings.drafts()) {
            if (draftState(draft.id()) instanceof Handshake.Refused(String reason)) {
                reportRefused(draft, reason);
            }
        }
    }

    /** Who comes to a site is not the operator's to choose: that none of them can be used is said once. */
    private void reportRefused(DraftEndpoint draft, String reason) {
        if (draft.address().site() == null) {
            LOG.error("Draft worker {} is not used: {}", draft.id(), reason);
        } else if (refusedSites.add(draft.id())) {
            LOG.warn("No worker on site {} can be used now: {}", draft.id(), reason);
        }
    }
}
