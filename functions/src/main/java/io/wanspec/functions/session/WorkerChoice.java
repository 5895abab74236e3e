package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.Worker;
import io.wanspec.functions.settings.PromptRegions;
import java.util.List;

/** Says who may draft for a session that begins, or goes on here. Never blocks. */
public interface WorkerChoice {
    /**
     * Of those that agree with the target.
     *
     * @param regions which may see the tokens that the workers are to be sent
     * @return remote ones first
     */
    List<Worker> workersFor(PromptRegions regions, Goal goal);
}
