package io.wanspec.controller;

import io.wanspec.contracts.WorkerId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The draft workers of a session, in the settings' order of preference. */
final class Workers implements Iterable<WorkerState> {
    private final List<WorkerState> workers = new ArrayList<>();

    Workers(List<Worker> settings, EventTime time) {
        for (Worker worker : settings) {
            workers.add(new WorkerState(worker, time));
        }
    }

    @Override
    public Iterator<WorkerState> iterator() {
        return workers.iterator();
    }

    /** The worker of this id if its link is open or being opened: events of others come too late. */
    Optional<WorkerState> alive(WorkerId id) {
        for (WorkerState worker : workers) {
            if (worker.worker().id().equals(id)) {
                return worker.isAlive() ? Optional.of(worker) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean hasRemote() {
        return remotes() > 0;
    }

    /** How many of them are outside the busy region. */
    int remotes() {
        int remotes = 0;
        for (WorkerState worker : workers) {
            remotes += worker.isBusyRegion() ? 0 : 1;
        }
        return remotes;
    }

    /** Which of the remote workers this is, counted from 0. */
    int remoteIndex(WorkerState worker) {
        int index = 0;
        for (WorkerState other : workers) {
            if (other == worker) {
                break;
            }
            index += other.isBusyRegion() ? 0 : 1;
        }
        return index;
    }

    /** Whether a remote worker is left that drafts, or will soon. */
    boolean hasWorkingRemote() {
        for (WorkerState worker : workers) {
            if (!worker.isBusyRegion() && worker.isAlive() && !worker.forecast().isSilent()) {
                return true;
            }
        }
        return false;
    }

    /** To the nearest remote worker and back; {@link Long#MAX_VALUE} without one. */
    long nearestRoundTripNanos() {
        long nearest = Long.MAX_VALUE;
        for (WorkerState worker : workers) {
            nearest = worker.isBusyRegion()
                    ? nearest
                    : Math.min(nearest, worker.forecast().roundTripNanos());
        }
        return nearest;
    }

    /** Time of a draft pass in the busy region; of any worker if there is none there, 0 without workers. */
    double busyPassNanos() {
        double any = 0;
        for (WorkerState worker : workers) {
            if (worker.isBusyRegion()) {
                return worker.forecast().singlePassNanos();
            }
            any = worker.forecast().singlePassNanos();
        }
        return any;
    }
}
