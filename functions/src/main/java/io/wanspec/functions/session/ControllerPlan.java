package io.wanspec.functions.session;

import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Place;
import io.wanspec.controller.SessionLimits;
import io.wanspec.controller.Worker;
import io.wanspec.functions.settings.Drafts;
import io.wanspec.functions.settings.Mode;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.Speculation;
import java.util.Optional;

/** From what a request asks for to what the controller is told. */
final class ControllerPlan {
    private ControllerPlan() {}

    static ControllerSettings of(SessionRequest request, ServingLimits limits) {
        SessionLimits session = new SessionLimits(limits.deadline(), limits.passTimeout(), limits.reopenAttempts());
        Optional<Worker> busy = request.workers().stream()
                .filter(worker -> worker.place() == Place.BUSY_REGION)
                .findFirst();
        Speculation speculation = request.speculation();
        return speculation.mode() == Mode.COLOCATED && busy.isPresent()
                ? ControllerSettings.colocated(
                                request.target(),
                                busy.get(),
                                speculation.drafts().runLength())
                        .with(session)
                : speculative(request, speculation.drafts(), session);
    }

    private static ControllerSettings speculative(SessionRequest request, Drafts drafts, SessionLimits session) {
        return new ControllerSettings(
                request.target(),
                request.workers(),
                request.speculation().rule(),
                drafts.draftShape(),
                drafts.verifyShape(),
                drafts.waitWorth(),
                0,
                session);
    }
}
