package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.Pace;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is measured.
 *
 * @param rttsMs round trips between the regions, in milliseconds
 * @param goals of WANSpec that are measured beside the baselines
 * @param prompts one message of the user each
 * @param maxTokens of an answer
 * @param seed of the first prompt's sampling; each further prompt has the next one
 * @param slowness by what all pass times and round trips are multiplied, and measured times divided again, for a machine whose
 *     own passes do not fit the pace; it leaves all proportions as they are
 * @param target a known model's name or a path, as is {@code draft}
 */
public record WanBenchSettings(
        List<Double> rttsMs,
        List<Goal> goals,
        List<String> prompts,
        int maxTokens,
        double temperature,
        long seed,
        Pace pace,
        double slowness,
        String target,
        String draft) {
    public WanBenchSettings {
        rttsMs = List.copyOf(rttsMs);
        goals = List.copyOf(goals);
        prompts = List.copyOf(prompts);
        if (rttsMs.isEmpty() || goals.isEmpty() || prompts.isEmpty()) {
            throw new IllegalArgumentException("there must be a round trip, a goal and a prompt");
        }
    }

    /** The local cloud at a distance. */
    CloudSettings cloud(double rttMs) {
        return new CloudSettings(rttMs, 0, 0, pace, target, draft).slowedDown(slowness);
    }

    /** A prompt without speculation; the other modes are made from it. */
    ChatRequest request(int prompt) {
        return new ChatRequest(
                cloud(0).targetName(),
                prompts.get(prompt),
                maxTokens,
                temperature,
                1,
                OptionalLong.of(seed + prompt),
                Speculation.targetOnly());
    }
}
