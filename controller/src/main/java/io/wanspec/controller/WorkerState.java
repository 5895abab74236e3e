package io.wanspec.controller;

import io.wanspec.controller.estimate.WorkerEstimate;
import io.wanspec.controller.placement.PlaceFindings;

/** One draft worker of the session: the state of its link, what it has been told, and when its draft tokens are expected. */
final class WorkerState {
    /** The life of a worker's link. */
    enum Status {
        CLOSED,
        OPENING,
        READY,
        LOST
    }

    private final Worker worker;
    private final EventTime time;
    private final WorkerForecast forecast;
    private final Reactions reactions;
    private boolean onDuty;
    private boolean wasAsked;
    private int failures;
    private long restUntil = Long.MIN_VALUE;
    private Status status = Status.CLOSED;
    private boolean everReady;
    private int timesBroken;
    private int timesBusy;
    private long openedAt;
    private int invalidFrames;
    private long reopenAt = EventTime.NEVER;

    /** How many committed tokens the worker has been sent. */
    private int advancedTo;

    /** First position behind the furthest that it was ever allowed to draft; draft tokens on their way may reach up to here. */
    private int everAllowed;

    WorkerState(Worker worker, EventTime time) {
        this.worker = worker;
        this.time = time;
        forecast = new WorkerForecast(time, worker);
        reactions = new Reactions(time, worker);
        onDuty = !worker.placed().standsBy();
    }

    Worker worker() {
        return worker;
    }

    WorkerForecast forecast() {
        return forecast;
    }

    Reactions reactions() {
        return reactions;
    }

    /** Whether it drafts, or will as soon as it can; others stand by, or are being left. */
    boolean isOnDuty() {
        return onDuty;
    }

    void goOnDuty() {
        onDuty = true;
    }

    void leaveDuty() {
        onDuty = false;
    }

    /** Others do its work: it is not opened again by itself. */
    void stayAway() {
        onDuty = false;
        reopenAt = EventTime.NEVER;
    }

    /** Until when it is not asked to take over. */
    long restUntil() {
        return restUntil;
    }

    void restUntil(long time) {
        restUntil = time;
    }

    boolean isBusyRegion() {
        return worker.place() == Place.BUSY_REGION;
    }

    boolean isAlive() {
        return status == Status.OPENING || status == Status.READY;
    }

    /** Whether it has ever been there in this session. */
    boolean wasEverReady() {
        return everReady;
    }

    boolean isReady() {
        return status == Status.READY;
    }

    int advancedTo() {
        return advancedTo;
    }

    int everAllowed() {
        return everAllowed;
    }

    /** Since when its link is open, or being opened. */
    long openedAt() {
        return openedAt;
    }

    /** When its lost link is to be opened again; {@link EventTime#NEVER} if it is not. */
    long reopenAt() {
        return reopenAt;
    }

    void onOpening(int committed, int upTo) {
        status = Status.OPENING;
        wasAsked = true;
        openedAt = time.now();
        reopenAt = EventTime.NEVER;
        advancedTo = committed;
        allow(upTo);
        forecast.onOpening(committed, upTo);
    }

    void onReady() {
        status = Status.READY;
        everReady = true;
        timesBusy = 0;
    }

    /** @return how often it has been busy before, without having been ready in between */
    int onBusy() {
        return timesBusy++;
    }

    /** @return how often its link has broken by now */
    int onBroken() {
        return ++timesBroken;
    }

    /** @param tryAgainAt {@link EventTime#NEVER} to leave it at that */
    void onLost(long tryAgainAt) {
        status = Status.LOST;
        failures++;
        reopenAt = tryAgainAt;
        forecast.onLinkGone();
    }

    void onClosed() {
        status = Status.CLOSED;
        reopenAt = EventTime.NEVER;
        forecast.onLinkGone();
    }

    /** It is sent what was committed, and how far it may draft. */
    void onAdvanced(int committed, int upTo) {
        advancedTo = committed;
        allow(upTo);
        forecast.onAdvanced(committed, upTo);
    }

    /** It is asked for a pass over places of which the first is drafted at {@code first} and none behind {@code furthest}. */
    void onAsked(int first, int furthest) {
        allow(furthest + 1);
        forecast.onAsked(first);
    }

    /** Whether its link was ever opened. */
    boolean wasAsked() {
        return wasAsked;
    }

    /** What the session has found of it. */
    PlaceFindings findings() {
        WorkerEstimate measured = forecast.measured();
        int replies = measured.replies();
        int passes = measured.passes();
        return new PlaceFindings(
                worker.id(),
                replies,
                replies == 0 ? 0 : measured.roundTripNanos(),
                replies == 0 ? 0 : measured.jitterNanos(),
                passes,
                passes == 0 ? 0 : measured.passNanos(),
                failures + (isAlive() && forecast.isSilent() ? 1 : 0));
    }

    private void allow(int upTo) {
        everAllowed = Math.max(everAllowed, upTo);
    }

    /** @return how many invalid frames it has sent by now */
    int onInvalidFrame() {
        return ++invalidFrames;
    }
}
