package io.wanspec.functions.session;

/** What may be asked of a session that runs: by any thread, at any time, more than once. The first wish counts. */
public interface SessionControl {
    /** The client is gone, or wants no more. */
    void cancel();

    /**
     * This function stops here; another one goes on, or does already. The session ends with {@link
     * SessionOutcome.Failure#MOVED}.
     */
    void leave();

    /**
     * Its record is not there any more: somebody has deleted it, or the table was lost. Nobody can go on with it. The session ends with
     * {@link SessionOutcome.Failure#RECORD_GONE}.
     */
    void recordGone();
}
