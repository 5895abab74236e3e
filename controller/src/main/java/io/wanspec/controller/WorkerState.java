package io.wanspec.controller;

import io.wanspec.controller.estimate.WorkerEstimate;

/** One draft worker as the controller sees it. */
final class WorkerState {
    private static final int PATIENCE_PASSES = 4;

    /** What is due this soon, or overdue, comes any time within a pass. */
    private static final long SOON_NANOS = 500_000;

    private static final long SILENCE_NANOS = 2_000_000_000L;

    /** The life of a worker's link. */
    enum Status {
        CLOSED,
        OPENING,
        READY,
        LOST
    }

    private final Worker worker;
    private final int index;
    private final WorkerEstimate estimate;
    private Status status = Status.CLOSED;
    private int opened;
    private int nonsense;

    /** Committed tokens that the worker has been told of. */
    private int told;

    /** First position that it may not draft yet. */
    private int draftUpTo;

    /** The furthest it was ever allowed to draft; guesses on their way may reach up to here. */
    private int everAllowed;

    /** Whether its last frame was on the branch that the target is on. */
    private boolean inStep;

    private final ToldTimes toldTimes = new ToldTimes();

    private int lastPosition;

    /** Its guess of position p is expected at {@code baseTime + (p - basePosition) * pass}. */
    private int basePosition;

    private long baseTime;
    private boolean asked;
    private long askedAt;

    WorkerState(Worker worker, int index) {
        this.worker = worker;
        this.index = index;
        this.estimate = new WorkerEstimate((double) worker.roundTrip().toNanos());
    }

    Worker worker() {
        return worker;
    }

    int index() {
        return index;
    }

    boolean isBusy() {
        return worker.place() == Place.BUSY_REGION;
    }

    boolean isAlive() {
        return status == Status.OPENING || status == Status.READY;
    }

    Status status() {
        return status;
    }

    /** Whether its guesses follow the target's branch, and are not overdue. */
    boolean isInStep(long now) {
        return inStep && !isOverdue(now);
    }

    int told() {
        return told;
    }

    int draftUpTo() {
        return draftUpTo;
    }

    int everAllowed() {
        return everAllowed;
    }

    int timesOpened() {
        return opened;
    }

    boolean isAsked() {
        return asked;
    }

    long passNanos() {
        return estimate.passNanos();
    }

    double singlePassNanos() {
        return estimate.singleNanos();
    }

    long roundTripNanos() {
        return estimate.roundTripNanos();
    }

    void onOpening(int committed, int upTo, long now) {
        status = Status.OPENING;
        opened++;
        outOfStep(committed, now);
        told = committed;
        allow(upTo);
    }

    void onReady() {
        status = Status.READY;
    }

    void onLost() {
        status = Status.LOST;
        inStep = false;
        asked = false;
    }

    void onClosed() {
        status = Status.CLOSED;
        inStep = false;
        asked = false;
    }

    /** It is told what was committed, and how far it may draft. */
    void onAdvanced(int committed, int upTo, long now) {
        boolean wasIdle = inStep && lastPosition + 1 >= draftUpTo;
        if (wasIdle) {
            expect(Math.max(lastPosition, committed - 1), now + estimate.roundTripNanos());
        }
        told = committed;
        toldTimes.told(committed, now);
        allow(upTo);
    }

    /** The busy-region worker is asked for a guess of this position, and for none beyond {@code furthest}. */
    void onAsked(int position, int furthest, long now) {
        asked = true;
        askedAt = now;
        outOfStep(position, now);
        draftUpTo = position + 1;
        everAllowed = Math.max(everAllowed, furthest + 1);
    }

    /** What it drafts is contradicted since {@code since}; it has to start anew at {@code position}. */
    void outOfStep(int position, long since) {
        inStep = false;
        expect(position - 1, since + estimate.roundTripNanos());
    }

    private void allow(int upTo) {
        draftUpTo = upTo;
        everAllowed = Math.max(everAllowed, upTo);
    }

    private void expect(int position, long time) {
        basePosition = position;
        baseTime = time;
    }

    /** A frame came, sent when the worker knew that {@code committed} tokens are. */
    void onFrame(int committed, int passes, long micros, long now) {
        estimate.onPasses(passes, micros);
        long sentAt = toldTimes.heardUpTo(committed);
        if (sentAt != ToldTimes.NOTHING_NEW) {
            estimate.onReply(now - sentAt);
        }
    }

    /** Its guesses up to {@code position} follow from what it was told. */
    void onUseful(int position, long now) {
        if (asked) {
            estimate.onReply(now - askedAt);
        }
        inStep = true;
        asked = false;
        lastPosition = position;
        expect(position, now);
    }

    int lastPosition() {
        return lastPosition;
    }

    /** @return how much nonsense it has sent by now */
    int onNonsense() {
        return ++nonsense;
    }

    /** When its guess of {@code position} is expected; {@link Long#MAX_VALUE} if it will not come unasked. */
    long arrivalOf(int position, long now) {
        if (!isAlive() || position >= draftUpTo || isOverdue(now)) {
            return Long.MAX_VALUE;
        }
        long pass = estimate.passNanos();
        long expected = baseTime + (position - basePosition) * pass;
        return expected < now + SOON_NANOS ? now + pass * 2 / 5 : expected;
    }

    /** The same for a worker that is being asked for one guess after the other, up to {@code limit}. */
    long arrivalIfAskedOn(int position, int limit, long now) {
        int beyond = position - (draftUpTo - 1);
        if (!asked || beyond <= 0 || position >= limit) {
            return arrivalOf(position, now);
        }
        return arrivalOf(draftUpTo - 1, now) + beyond * (estimate.passNanos() + estimate.roundTripNanos());
    }

    /**
     * Whether the next guess that it owes is so late that it is better not counted on: the worker hangs, is cut off without
     * knowing, or rests behind a guessed end of the sequence.
     */
    boolean isOverdue(long now) {
        return owes() && now > patienceEnds();
    }

    /** Whether it has been overdue for so long that others should do its work. */
    boolean isSilent(long now) {
        return owes() && now > patienceEnds() + SILENCE_NANOS;
    }

    private boolean owes() {
        return basePosition + 1 < draftUpTo;
    }

    /** When the next thing that it owes is so late that it is better not counted on. */
    long patienceEnds() {
        return baseTime + PATIENCE_PASSES * estimate.passNanos() + estimate.roundTripNanos();
    }
}
