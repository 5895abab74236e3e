package io.wanspec.functions.session;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session says to its endpoints beside what the controller decides: on whose behalf it comes, and in which version of
 * the protocol. Endpoints are upgraded one after the other, so that each link may speak another one.
 *
 * @param target version that was agreed on with the target
 * @param workers versions that were agreed on with the workers
 * @param caller whose request it is, if the request says so
 */
public record LinkTerms(
        ProtocolVersion target,
        Map<WorkerId, ProtocolVersion> workers,
        @Nullable CallerId caller) {
    public LinkTerms {
        workers = Map.copyOf(workers);
    }

    TargetFrame.Open of(TargetFrame.Open frame) {
        return frame.on(target, caller);
    }

    /** A worker that nothing was agreed on with is spoken to in the oldest version, which it speaks if any. */
    DraftFrame.Open of(WorkerId worker, DraftFrame.Open frame) {
        return frame.on(workers.getOrDefault(worker, ProtocolVersion.OLDEST), caller);
    }

    LinkTerms withOldestForTarget() {
        return new LinkTerms(ProtocolVersion.OLDEST, workers, caller);
    }

    LinkTerms withOldestFor(WorkerId worker) {
        Map<WorkerId, ProtocolVersion> lowered = new HashMap<>(workers);
        lowered.computeIfPresent(worker, (id, agreed) -> ProtocolVersion.OLDEST);
        return new LinkTerms(target, lowered, caller);
    }
}
