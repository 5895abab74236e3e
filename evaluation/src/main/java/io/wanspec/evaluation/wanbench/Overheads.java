package io.wanspec.evaluation.wanbench;

import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.local.launch.Pace;
import io.wanspec.simulator.world.LinearPassTimes;
import io.wanspec.simulator.world.PassTimes;
import java.util.List;

/**
 * What this machine adds to a pace, from the servers' own counts and from B0, in which target passes follow one another and nothing
 * else happens. Nothing here comes from the modes that the simulator is to foretell.
 *
 * @param targetMs mean by which target passes exceeded their pace, in milliseconds
 * @param busyDraftMs the same of busy-region draft passes
 * @param remoteDraftMs the same of remote draft passes
 * @param hopMs from the end of a pass through the local cloud to the beginning of the next, in milliseconds
 */
public record Overheads(double targetMs, double busyDraftMs, double remoteDraftMs, double hopMs) {
    private static final double NODE_SHARE = 0.05;

    /**
     * @param passes as counted while {@code b0} was measured, and everything else at the distance
     * @param b0 what the target alone cost, times divided by the slowness
     */
    static Overheads of(Pace pace, double slowness, List<PassCount> passes, Cost b0) {
        double target = excess("target", pace.target(), slowness, passes);
        // The first token of a request belongs to no decoding time.
        double perPass = b0.msPerToken()
                * b0.tokens()
                / (b0.tokens() - b0.requestMsPerToken().size());
        return new Overheads(
                target,
                excess("busy-draft", pace.busyDraft(), slowness, passes),
                excess("remote-draft", pace.remoteDraft(), slowness, passes),
                Math.max(0, perPass - pace.target().passMs() - target));
    }

    /** The pace with all this on top; whoever waits for a busy-region draft waits for a hop as well. */
    PassTimes onTopOf(Pace pace) {
        return new LinearPassTimes(
                pace.target().passMs() + targetMs + hopMs,
                pace.target().tokenMs(),
                pace.busyDraft().passMs() + busyDraftMs + hopMs,
                pace.remoteDraft().passMs() + remoteDraftMs,
                NODE_SHARE);
    }

    private static double excess(String server, Pace.Padding pace, double slowness, List<PassCount> passes) {
        List<PassCount> own =
                passes.stream().filter(each -> each.server().equals(server)).toList();
        double sum = own.stream()
                .mapToDouble(each -> each.paddedMs() / slowness
                        - each.passes() * (pace.passMs() + pace.tokenMs() * (each.tokens() - 1)))
                .sum();
        return own.isEmpty()
                ? 0
                : Math.max(0, sum / own.stream().mapToLong(PassCount::passes).sum());
    }
}
