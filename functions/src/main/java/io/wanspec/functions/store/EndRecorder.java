package io.wanspec.functions.store;

import io.wanspec.functions.session.SessionObserver;
import java.util.concurrent.CompletionStage;

/** A session's recorder, which knows whether the session's end is this function's. */
public interface EndRecorder extends SessionObserver {
    /**
     * Whether the session has ended here, and so ends nowhere else: known when its end is recorded, and false if another function
     * has it, or may go on with it. For whoever has heard that it {@link #started}; may never be known of a process that stops.
     */
    CompletionStage<Boolean> endsHere();
}
