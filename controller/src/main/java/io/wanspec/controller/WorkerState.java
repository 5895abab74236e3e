package io.wanspec.controller;

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
    private Status status = Status.CLOSED;
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
        forecast = new WorkerForecast(time, worker.roundTrip());
    }

    Worker worker() {
        return worker;
    }

    WorkerForecast forecast() {
        return forecast;
    }

    boolean isBusyRegion() {
        return worker.place() == Place.BUSY_REGION;
    }

    boolean isAlive() {
        return status == Status.OPENING || status == Status.READY;
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
        openedAt = time.now();
        reopenAt = EventTime.NEVER;
        advancedTo = committed;
        allow(upTo);
        forecast.onOpening(committed, upTo);
    }

    void onReady() {
        status = Status.READY;
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
        reopenAt = tryAgainAt;
        forecast.onLinkGone();
    }

    void onClosed() {
        status = Status.CLOSED;
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

    private void allow(int upTo) {
        everAllowed = Math.max(everAllowed, upTo);
    }

    /** @return how many invalid frames it has sent by now */
    int onInvalidFrame() {
        return ++invalidFrames;
    }
}
