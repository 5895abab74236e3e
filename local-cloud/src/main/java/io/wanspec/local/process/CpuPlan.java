package io.wanspec.local.process;

import java.util.List;
import java.util.Optional;

/**
 * Which core each model server gets, so that a draft's passes do not slow the target's: the regions stand for different
 * machines.
 *
 * @param target core of the target, if it is pinned
 * @param busyDraft core of the busy region's draft
 * @param remoteDraft core of the draft region's
 * @param words what to tell the user
 */
public record CpuPlan(
        Optional<Integer> target, Optional<Integer> busyDraft, Optional<Integer> remoteDraft, String words) {
    /**
     * @param cores that this process may use, those of different physical cores first
     * @param canPin whether there is a way to pin a process to a core
     */
    public static CpuPlan of(List<Integer> cores, boolean canPin) {
        if (!canPin) {
            return unpinned("not pinned (no taskset here): model servers may slow each other");
        }
        return switch (cores.size()) {
            case 0, 1 -> unpinned("one core for everything: model servers slow each other, times mean little");
            case 2 ->
                new CpuPlan(
                        Optional.of(cores.get(0)),
                        Optional.of(cores.get(1)),
                        Optional.of(cores.get(1)),
                        "target: core " + cores.get(0) + "; drafts: core " + cores.get(1)
                                + " (shared by both draft servers); the rest runs on either");
            default ->
                new CpuPlan(
                        Optional.of(cores.get(0)),
                        Optional.of(cores.get(1)),
                        Optional.of(cores.get(2)),
                        "target: core " + cores.get(0) + "; busy region's draft: core " + cores.get(1)
                                + "; remote draft: core " + cores.get(2) + "; the rest runs on any");
        };
    }

    private static CpuPlan unpinned(String words) {
        return new CpuPlan(Optional.empty(), Optional.empty(), Optional.empty(), words);
    }
}
