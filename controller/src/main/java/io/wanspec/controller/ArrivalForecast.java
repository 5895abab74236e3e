package io.wanspec.controller;

/**
 * When a draft token will arrive, from whichever worker brings it first. What is decided about a round or about drafts in the
 * busy region rests on this. One worker's part is {@link WorkerForecast}.
 */
final class ArrivalForecast {
    private static final long NEVER = EventTime.NEVER;

    private final Workers workers;
    private final BusyPassPrice price;

    ArrivalForecast(Workers workers, BusyPassPrice price) {
        this.workers = workers;
        this.price = price;
    }

    /**
     * When a draft token of {@code position} is expected from anyone; {@link EventTime#NEVER} for never. A busy-region worker
     * that is being asked will be asked again as long as that is worth its price.
     *
     * @param reached probability that the target gets to where knowledge ends: that it accepts all of the likeliest path that
     *     has come
     */
    long fromAnyone(int position, double reached) {
        long first = NEVER;
        for (WorkerState worker : workers) {
            WorkerForecast forecast = worker.forecast();
            int limit = forecast.isAsked()
                    ? forecast.draftUpTo() + price.furtherPasses(reached, price.nanos(worker))
                    : forecast.draftUpTo();
            first = Math.min(first, forecast.arrivalIfAskedOn(position, limit));
        }
        return first;
    }

    /** When a draft token of {@code position} is expected from a remote worker; {@link EventTime#NEVER} for never. */
    long fromRemote(int position) {
        long first = NEVER;
        for (WorkerState worker : workers) {
            first = worker.isBusyRegion()
                    ? first
                    : Math.min(first, worker.forecast().arrivalOf(position));
        }
        return first;
    }

    /** Whether a remote worker drafts on the branch that the target is on. */
    boolean isRemoteInStep() {
        for (WorkerState worker : workers) {
            if (!worker.isBusyRegion() && worker.forecast().isInStep()) {
                return true;
            }
        }
        return false;
    }

    /** Until when a draft token of {@code position} is worth waiting for at most; 0 if nobody drafts it. */
    long patienceEnds(int position) {
        long last = 0;
        for (WorkerState worker : workers) {
            if (worker.forecast().arrivalOf(position) != NEVER) {
                last = Math.max(last, worker.forecast().patienceEnds());
            }
        }
        return last;
    }
}
