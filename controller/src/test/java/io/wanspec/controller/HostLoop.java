package io.wanspec.controller;

import io.wanspec.controller.Action.Advance;
import io.wanspec.controller.Action.Checkpoint;
import io.wanspec.controller.Action.CloseTarget;
import io.wanspec.controller.Action.CloseWorker;
import io.wanspec.controller.Action.Emit;
import io.wanspec.controller.Action.Expand;
import io.wanspec.controller.Action.Fail;
import io.wanspec.controller.Action.Finish;
import io.wanspec.controller.Action.Note;
import io.wanspec.controller.Action.OpenTarget;
import io.wanspec.controller.Action.OpenWorker;
import io.wanspec.controller.Action.Verify;
import io.wanspec.controller.Action.WakeAt;
import java.util.List;

/** The smallest host of a session. The controller's README shows its loop, word for word. */
abstract class HostLoop {
    private boolean ended;

    // README: begin
    void run(SpeculationController controller) {
        while (!ended) {
            for (Action action : controller.handle(nextEvent())) {
                switch (action) {
                    case OpenTarget _, Verify _, CloseTarget _ -> toTarget(action);
                    case OpenWorker _, Advance _, Expand _, CloseWorker _ -> toWorkers(action);
                    case Emit emit -> toClient(emit.pieces());
                    case Checkpoint checkpoint -> toRecord(checkpoint);
                    case WakeAt wake -> setAlarm(wake.atNanos());
                    case Note note -> toLog(note);
                    case Finish _, Fail _ -> ended = true;
                }
            }
        }
    }
    // README: end

    /** Waits for what comes first: an event that was posted, or the alarm. */
    abstract Event nextEvent();

    abstract void toTarget(Action action);

    abstract void toWorkers(Action action);

    abstract void toClient(List<String> pieces);

    abstract void toRecord(Checkpoint checkpoint);

    /** In place of the alarm before. */
    abstract void setAlarm(long atNanos);

    abstract void toLog(Note note);
}
