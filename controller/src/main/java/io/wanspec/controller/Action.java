package io.wanspec.controller;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.List;

/** Everything that the controller can ask for. Carried out in order; none of them answers, replies are events. */
public sealed interface Action {
    /** Open the target link if there is none, and send this. */
    record OpenTarget(TargetFrame.Open frame) implements Action {}

    /** Close the target link, which hangs: what follows goes to a new one. */
    record CloseTarget() implements Action {}

    /** Send a run to the target. At most one round is outstanding. */
    record Verify(TargetFrame.Verify frame) implements Action {}

    /** Open a link to a draft worker and send this. */
    record OpenWorker(WorkerId worker, DraftFrame.Open frame) implements Action {}

    /** Tell a worker what was committed and how far it may draft. */
    record Advance(WorkerId worker, DraftFrame.Advance frame) implements Action {}

    /** Ask a worker for one pass over places of the controller's choice. */
    record Expand(WorkerId worker, DraftFrame.Expand frame) implements Action {}

    /** Close a worker's link; nothing more is expected from it. */
    record CloseWorker(WorkerId worker) implements Action {}

    /**
     * Give text to the client.
     *
     * @param seen what each token shows: nothing, if it completes no character or may begin a stop string. What is held back
     *     when the text ends belongs to the last token's piece; where the request fails there are no tokens, and one piece
     */
    record Emit(Tokens tokens, SeenText seen) implements Action {
        public List<String> pieces() {
            return seen.texts();
        }

        public String text() {
            return String.join("", pieces());
        }
    }

    /**
     * Remember committed tokens, off the critical path.
     *
     * @param position absolute, of the first of {@code more}
     * @param more what is committed: another controller can go on from all of it
     */
    record Checkpoint(int position, Progress more) implements Action {
        public Tokens tokens() {
            return more.tokens();
        }
    }

    /** Send {@link Event.Woken} at this time; replaces the wake-up asked for before. */
    record WakeAt(long atNanos) implements Action {}

    /** The request ended well, or the client left. The last action of a session. */
    record Finish(FinishReason reason, Tally tally) implements Action {}

    /** The request failed; what was emitted stands. The last action of a session. */
    record Fail(FailureCode code, String message, Tally tally) implements Action {}

    /** Something an operator may want to know. */
    record Note(NoteCode code, String detail) implements Action {}
}
