package io.wanspec.functions.observe;

/** What is counted of functions that work in the background. */
public enum Counted {
    WORKER_RUNS("WorkerRuns", "worker.runs", "Calls of the worker"),
    JOBS_DONE("JobsDone", "jobs.done", "Jobs that ended"),
    JOBS_FAILED("JobsFailed", "jobs.failed", "Jobs that became dead letters"),
    JOBS_SENT_ON("JobsSentOn", "jobs.sent.on", "Jobs that a worker handed over, or that wait"),
    JOBS_REDELIVERED("JobsRedelivered", "jobs.redelivered", "Deliveries of what had been delivered before"),
    SWEEPER_RUNS("SweeperRuns", "sweeper.runs", "Calls of the sweeper"),
    SESSIONS_GIVEN_UP("SessionsGivenUp", "sessions.given.up", "Sessions that nobody went on with"),
    SESSIONS_DELETED("SessionsDeleted", "sessions.deleted", "Sessions whose time was over");

    private final String embedded;
    private final String meter;
    private final String description;

    Counted(String embedded, String meter, String description) {
        this.embedded = embedded;
        this.meter = meter;
        this.description = description;
    }

    /** Its name in CloudWatch. */
    String embedded() {
        return embedded;
    }

    /** Its name for Prometheus. */
    String meter() {
        return "wanspec." + meter;
    }

    String description() {
        return description;
    }
}
