package io.wanspec.controller.interactions;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Place;
import java.util.HashMap;
import java.util.Map;

/** What a host knows of its session from the actions that it carried out. */
final class HostView {
    private final ControllerSettings settings;
    private final Map<Integer, TargetFrame.Verify> rounds = new HashMap<>();
    private final Map<WorkerId, Integer> told = new HashMap<>();
    private Tokens committed;
    private long wakeAt = Long.MAX_VALUE;
    private boolean ended;

    HostView(Tokens prompt, ControllerSettings settings) {
        this.committed = prompt;
        this.settings = settings;
    }

    void carryOut(Action action) {
        switch (action) {
            case Action.Verify verify -> rounds.put((int) verify.frame().round().number(), verify.frame());
            case Action.OpenWorker open ->
                told.put(open.worker(), open.frame().prefix().size());
            case Action.Advance advance -> told.put(advance.worker(), committed.size());
            case Action.Checkpoint checkpoint -> committed = committed.plus(checkpoint.tokens());
            case Action.WakeAt wake -> wakeAt = wake.atNanos();
            case Action.Finish finish -> ended = true;
            case Action.Fail fail -> ended = true;
            case Action.OpenTarget open -> {}
            case Action.CloseTarget close -> {}
            case Action.Expand expand -> {}
            case Action.CloseWorker close -> {}
            case Action.Emit emit -> {}
            case Action.Note note -> {}
        }
    }

    /** The wake-up has been delivered. */
    void woken() {
        wakeAt = Long.MAX_VALUE;
    }

    long wakeAt() {
        return wakeAt;
    }

    boolean isEnded() {
        return ended;
    }

    Tokens committed() {
        return committed;
    }

    /** What the target says next of a round that goes on is behind this answer. */
    void heard(TargetFrame.Verified answer, TargetFrame.Verify asked) {
        if (answer.goesOn()) {
            rounds.put((int) asked.round().number(), asked.behind(answer));
        }
    }

    TargetFrame.Verify round(int number, Phrase phrase) {
        TargetFrame.Verify round = rounds.get(number);
        if (round == null) {
            throw phrase.bad("the controller never asked for round " + number);
        }
        return round;
    }

    /** How many committed tokens the worker was told of. */
    int told(WorkerId worker) {
        return told.getOrDefault(worker, 1);
    }

    boolean isBusy(WorkerId worker) {
        return settings.workers().stream()
                .anyMatch(each -> each.id().equals(worker) && each.place() == Place.BUSY_REGION);
    }
}
