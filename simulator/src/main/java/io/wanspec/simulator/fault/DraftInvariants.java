package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Redundancy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the controller may tell its draft workers. */
final class DraftInvariants {
    private static final long REST_NANOS = 15_000_000_000L;

    private final ControllerSettings settings;
    private final int lastPosition;
    private final Map<WorkerId, Integer> advancedTo = new HashMap<>();
    private final Map<WorkerId, Integer> opened = new HashMap<>();
    private final Map<WorkerId, Long> openedAt = new HashMap<>();
    private final Set<WorkerId> ready = new HashSet<>();

    /** @param lastPosition of the request's last token, which is the target's own */
    DraftInvariants(ControllerSettings settings, int lastPosition) {
        this.settings = settings;
        this.lastPosition = lastPosition;
    }

    void onReady(WorkerId id) {
        if (advancedTo.containsKey(id)) {
            ready.add(id);
        }
    }

    void onGone(WorkerId id) {
        advancedTo.remove(id);
        ready.remove(id);
    }

    /** A link that has lived its time may be left for a new one, which counts as the same; or for another place's, and come back to. */
    void onClose(WorkerId id, long now) {
        Long since = openedAt.get(id);
        boolean old =
                since != null && now - since >= settings.limits().linkLife().toNanos();
        if (old || isAnyoneStandingBy()) {
            opened.merge(id, -1, Integer::sum);
        }
        onGone(id);
    }

    void onOpen(WorkerId id, DraftFrame.Open frame, Tokens committed, long now) {
        Long before = openedAt.put(id, now);
        InvariantCheck.that(!advancedTo.containsKey(id), "a worker's link is opened while it lives");
        InvariantCheck.same(frame.prefix(), committed, "what a worker is opened with");
        boolean rested = before != null && now - before >= REST_NANOS;
        InvariantCheck.that(
                opened.merge(id, 1, Integer::sum) <= settings.limits().reopenAttempts() + 1L || rested,
                "a worker is opened again and again without a rest");
        advancedTo.put(id, committed.size());
        checkPlan(worker(id), frame.plan(), committed.size());
    }

    void onAdvance(WorkerId id, DraftFrame.Advance frame, Tokens committed) {
        InvariantCheck.same(advancedTo.get(id), frame.position(), "an advance continues what a living worker was sent");
        InvariantCheck.same(frame.committed(), committed.from(frame.position()), "what a worker is sent");
        InvariantCheck.same(frame.branch(), Branch.of(committed.slice(0, frame.position())), "branch of an advance");
        advancedTo.put(id, committed.size());
        checkPlan(worker(id), frame.plan(), committed.size());
    }

    private void checkPlan(Worker worker, DraftPlan plan, int committed) {
        boolean busy = worker.place() == Place.BUSY_REGION;
        int window = busy ? settings.runLength() : settings.draft().window();
        InvariantCheck.atMost(plan.draftUpTo(), (long) committed + window, "credit of " + worker);
        InvariantCheck.atMost(plan.draftUpTo(), Math.max(committed, lastPosition), "credit beyond what is of use");
        InvariantCheck.atMost(plan.passNodes(), busy ? 1 : settings.draft().passNodes(), "nodes of a pass");
        InvariantCheck.atMost(plan.candidates(), settings.draft().candidates(), "candidates");
        List<Worker> remotes = settings.workers().stream()
                .filter(w -> w.place() == Place.DRAFT_REGION)
                .toList();
        if (busy || !isAnyoneStandingBy()) {
            InvariantCheck.same(
                    plan.shares(), busy ? 1 : remotes.size(), "among how many workers alternatives are shared");
            InvariantCheck.same(plan.share(), busy ? 0 : remotes.indexOf(worker), "which share a worker has");
        } else {
            InvariantCheck.atMost(plan.shares(), remotes.size(), "among how many workers alternatives are shared");
            InvariantCheck.that(plan.share() < plan.shares(), "which share a worker has");
        }
    }

    private boolean isAnyoneStandingBy() {
        return settings.workers().stream().anyMatch(worker -> worker.placed().standsBy());
    }

    void onExpand(WorkerId id, DraftFrame.Expand frame, Tokens committed) {
        InvariantCheck.that(ready.contains(id), "a worker is asked that is not ready");
        InvariantCheck.same(advancedTo.get(id), committed.size(), "a worker that is asked knows what is committed");
        InvariantCheck.same(worker(id).place(), Place.BUSY_REGION, "who is asked");
        InvariantCheck.same(frame.position(), committed.size(), "position of what is asked for");
        InvariantCheck.same(frame.branch(), Branch.of(committed), "branch of what is asked for");
        InvariantCheck.that(
                frame.drafts().size() <= Limits.RUN_TOKENS_MAX, "draft tokens along with what is asked for");
        InvariantCheck.that(areSiblingsDistinct(frame.drafts()), "siblings among draft tokens must differ");
        long room = Math.min(settings.runLength(), lastPosition - committed.size());
        for (int wanted : frame.wanted().toArray()) {
            InvariantCheck.atMost(depth(frame.drafts(), wanted) + 1L, room, "depth of what is asked for");
        }
        InvariantCheck.same(
                Arrays.stream(frame.wanted().toArray()).distinct().count(),
                (long) frame.wanted().size(),
                "places asked for are different ones");
        InvariantCheck.atMost(frame.wanted().size(), placesMax(), "places asked for at once");
    }

    private int placesMax() {
        return switch (settings.redundancy()) {
            case Redundancy.Never never -> 0;
            case Redundancy.Always always -> 0;
            case Redundancy.Entropy entropy -> 1;
            case Redundancy.Value value -> value.passNodes();
        };
    }

    private static int depth(TokenTree tree, int node) {
        return node == TokenTree.PREFIX ? 0 : 1 + depth(tree, tree.parents().get(node));
    }

    static boolean areSiblingsDistinct(TokenTree tree) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < tree.size(); i++) {
            if (!seen.add(((long) tree.parents().get(i) << 32) | tree.tokens().get(i))) {
                return false;
            }
        }
        return true;
    }

    void onEnd() {
        InvariantCheck.that(advancedTo.isEmpty(), "links left open: " + advancedTo.keySet());
    }

    private Worker worker(WorkerId id) {
        return settings.workers().stream()
                .filter(worker -> worker.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
