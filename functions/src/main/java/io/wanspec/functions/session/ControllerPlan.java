package io.wanspec.functions.session;

import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.Place;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SessionLimits;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.functions.settings.ServingLimits;
import java.util.Optional;

/** From what a request asks for to what the controller is told. */
final class ControllerPlan {
    /** For a request that asks for redundancy by value although its goal has none. */
    private static final Redundancy.Value VALUE = new Redundancy.Value(Price.ECONOMY, 2);

    /** Two nats: a draft that still has seven or so equal candidates is as good as lost. */
    private static final double ENTROPY_NATS_DEFAULT = 2;

    private final SessionRequest request;
    private final Speculation speculation;
    private final boolean guarded;

    private ControllerPlan(SessionRequest request, boolean guarded) {
        this.request = request;
        this.guarded = guarded;
        speculation = request.speculation();
    }

    /** @param from where it goes on */
    static ControllerSettings of(SessionRequest request, Progress from, ServingLimits limits) {
        ControllerPlan plan = new ControllerPlan(request, limits.guarded());
        var bounds = new SessionLimits(limits.deadline(), limits.passTimeout(), limits.reopenAttempts());
        return plan.settings().with(plan.isAwaited(from) ? bounds.beginningWithin(limits.deadline()) : bounds);
    }

    /** A client has had some of its text already; background work comes again by itself. */
    private boolean isAwaited(Progress from) {
        return !from.isNone() && request.continuation().waits() == Continuation.Waits.FOR_AN_INSTANCE;
    }

    private ControllerSettings settings() {
        return switch (speculation.mode()) {
            case TARGET_ONLY -> ControllerSettings.plain(request.target());
            case COLOCATED -> colocated();
            case WANSPEC -> speculative();
        };
    }

    /** A session that goes on without the worker that it began with does without drafts. */
    private ControllerSettings colocated() {
        Optional<Worker> busy = request.workers().stream()
                .filter(worker -> worker.place() == Place.BUSY_REGION)
                .findFirst();
        return busy.map(worker -> ControllerSettings.colocated(
                        request.target(),
                        worker,
                        speculation.drafts().runLength().orElse(VerifyShape.CHAIN_TOKENS_DEFAULT)))
                .orElseGet(() -> ControllerSettings.plain(request.target()));
    }

    private ControllerSettings speculative() {
        DraftOptions drafts = speculation.drafts();
        ControllerSettings goal = GoalSettings.of(speculation.goal(), request.target(), request.workers());
        ControllerSettings base = drafts.kind() == DraftKind.TREE
                ? goal
                : ControllerSettings.wanspec(request.target(), request.workers(), goal.redundancy());
        return new ControllerSettings(
                request.target(),
                request.workers(),
                redundancy(goal.redundancy()),
                shape(base.draft()),
                verify(base.verify()),
                base.waitWorth(),
                base.lookupTokens(),
                guarded && base.guarded() && isTheGoalsOwn(),
                base.limits());
    }

    private DraftShape shape(DraftShape absent) {
        DraftOptions drafts = speculation.drafts();
        return new DraftShape(
                drafts.passNodes().orElse(absent.passNodes()),
                drafts.candidates().orElse(absent.candidates()),
                absent.floorNats(),
                drafts.window().orElse(absent.window()));
    }

    private VerifyShape verify(VerifyShape absent) {
        return new VerifyShape(
                speculation.drafts().runLength().orElse(absent.tokensMax()), absent.tree(), absent.fixed());
    }

    /** Whoever asks for something else gets it, whatever earlier requests have taught. */
    private boolean isTheGoalsOwn() {
        return speculation.redundancy().isEmpty()
                && speculation.price().isEmpty()
                && speculation.drafts().equals(DraftOptions.of(DraftKind.TREE));
    }

    private Redundancy redundancy(Redundancy goal) {
        RedundancyKind kind = speculation.redundancy().orElse(null);
        if (kind == null) {
            return goal instanceof Redundancy.Value value ? priced(value) : goal;
        }
        return switch (kind) {
            case NEVER -> new Redundancy.Never();
            case ALWAYS -> new Redundancy.Always();
            case ENTROPY ->
                new Redundancy.Entropy(speculation.entropyThresholdNats().orElse(ENTROPY_NATS_DEFAULT));
            case VALUE -> priced(goal instanceof Redundancy.Value value ? value : VALUE);
        };
    }

    /** Where drafts are chains, the likeliest place is the only one. */
    private Redundancy priced(Redundancy.Value value) {
        return new Redundancy.Value(
                speculation.price().isPresent()
                        ? Price.share(speculation.price().getAsDouble())
                        : value.price(),
                speculation.drafts().kind() == DraftKind.TREE ? value.passNodes() : 1);
    }
}
