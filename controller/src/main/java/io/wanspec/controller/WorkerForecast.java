package io.wanspec.controller;

import io.wanspec.controller.estimate.WorkerEstimate;
import java.time.Duration;

/**
 * When one worker's next draft tokens will arrive, by its measured round trip and pass time. See {@link ArrivalForecast} for all
 * workers together.
 *
 * <p>A worker drafts one position after the other: from the last that came, or from where it has to start anew, the token at
 * position p is expected at {@code baseTime + (p - basePosition) * pass}.
 */
final class WorkerForecast {
    private static final long NEVER = EventTime.NEVER;
    private static final int PATIENCE_PASSES = 4;

    /** What is due this soon, or overdue, comes any time within a pass. */
    private static final long SOON_NANOS = Duration.ofNanos(500_000).toNanos();

    /** How much of a pass from now such a thing is expected, in per cent: a little less than the mean, which is a half. */
    private static final int SOON_PASS_PERCENT = 40;

    private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final EventTime time;
    private final WorkerEstimate estimate;
    private final AdvanceTimes advances = new AdvanceTimes();

    /** Whether it is in step: its last frame was on the branch that the target is on. */
    private boolean inStep;

    /** First position that it will not draft unless it is told more; 0 while there is no link. */
    private int draftUpTo;

    private int lastPosition;
    private int basePosition;
    private long baseTime;
    private boolean asked;
    private long askedAt;

    WorkerForecast(EventTime time, Worker worker) {
        this.time = time;
        estimate = new WorkerEstimate((double) worker.roundTrip().toNanos(), (double)
                worker.placed().pass().toNanos());
    }

    /** The link is being opened with {@code committed} tokens. */
    void onOpening(int committed, int upTo) {
        advances.forget();
        outOfStep(committed);
        draftUpTo = upTo;
    }

    /** The link is closed or lost: nothing more comes. */
    void onLinkGone() {
        inStep = false;
        asked = false;
        draftUpTo = 0;
    }

    /** It is told what was committed, and how far it may draft. */
    void onAdvanced(int committed, int upTo) {
        boolean wasIdle = inStep && lastPosition + 1 >= draftUpTo;
        if (wasIdle) {
            expect(Math.max(lastPosition, committed - 1), time.now() + estimate.roundTripNanos());
        }
        advances.advanced(committed, time.now());
        draftUpTo = upTo;
    }

    /** It is asked for a pass whose first draft token is at this position, and for nothing behind it. */
    void onAsked(int position) {
        asked = true;
        askedAt = time.now();
        outOfStep(position);
        draftUpTo = position + 1;
    }

    /** What it drafts is contradicted as of now; it has to start anew at {@code position}. */
    void outOfStep(int position) {
        inStep = false;
        expect(position - 1, time.now() + estimate.roundTripNanos());
    }

    private void expect(int position, long at) {
        basePosition = position;
        baseTime = at;
    }

    /**
     * A frame came, sent when the worker knew that {@code committed} tokens are.
     *
     * @return how long the worker took to reply, or {@link AdvanceTimes#NOTHING_NEW} if it is no reply to anything new
     */
    long onFrame(int committed, int passes, long passMicros) {
        estimate.onPasses(passes, passMicros);
        long sentAt = advances.answeredUpTo(committed);
        if (sentAt == AdvanceTimes.NOTHING_NEW) {
            return AdvanceTimes.NOTHING_NEW;
        }
        estimate.onReply(time.now() - sentAt);
        return time.now() - sentAt;
    }

    /** For how long it has owed a reply to something new; 0 if it owes none. */
    long unansweredNanos() {
        long sentAt = advances.oldestUnanswered();
        return sentAt == AdvanceTimes.NOTHING_NEW || !owes() ? 0 : time.now() - sentAt;
    }

    /** Its draft tokens up to {@code position} follow from what is committed. */
    void onUseful(int position) {
        if (asked) {
            estimate.onReply(time.now() - askedAt);
        }
        inStep = true;
        asked = false;
        lastPosition = position;
        expect(position, time.now());
    }

    /** Whether its draft tokens follow the target's branch, and are not overdue. */
    boolean isInStep() {
        return inStep && !isOverdue();
    }

    /** Whether it was asked for a pass that has not come yet. */
    boolean isAsked() {
        return asked;
    }

    int draftUpTo() {
        return draftUpTo;
    }

    /** When its draft token of {@code position} is expected; {@link EventTime#NEVER} if it will not come unasked. */
    long arrivalOf(int position) {
        if (position >= draftUpTo || isOverdue()) {
            return NEVER;
        }
        long pass = estimate.passNanos();
        long expected = baseTime + (position - basePosition) * pass;
        return expected < time.now() + SOON_NANOS ? time.now() + pass * SOON_PASS_PERCENT / 100 : expected;
    }

    /** The same for a worker that is being asked for one pass after the other, up to {@code limit}. */
    long arrivalIfAskedOn(int position, int limit) {
        int beyond = position - (draftUpTo - 1);
        if (!asked || beyond <= 0 || position >= limit) {
            return arrivalOf(position);
        }
        return arrivalOf(draftUpTo - 1) + beyond * (estimate.passNanos() + estimate.roundTripNanos());
    }

    /**
     * Whether the next draft token that it owes is so late that it is better not counted on: the worker hangs, is cut off
     * without knowing, or rests behind a drafted end of the sequence.
     */
    private boolean isOverdue() {
        return owes() && time.now() > patienceEnds();
    }

    /** Whether it has been overdue for so long that others should do its work. */
    boolean isSilent() {
        return owes() && time.now() > patienceEnds() + SILENCE_NANOS;
    }

    /** Whether it may draft a position that has not come yet: it owes it. */
    private boolean owes() {
        return basePosition + 1 < draftUpTo;
    }

    /** When the next thing that it owes is so late that it is better not counted on. */
    long patienceEnds() {
        return baseTime + PATIENCE_PASSES * estimate.passNanos() + estimate.roundTripNanos();
    }

    long passNanos() {
        return estimate.passNanos();
    }

    /** Time of a pass over a single node. */
    double singlePassNanos() {
        return estimate.singleNanos();
    }

    long roundTripNanos() {
        return estimate.roundTripNanos();
    }

    /** What this session has measured. */
    WorkerEstimate measured() {
        return estimate;
    }
}
