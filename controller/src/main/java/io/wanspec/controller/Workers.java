package io.wanspec.controller;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.placement.PlaceFindings;
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
        if (!hasRemote()) {
            // Somebody has to draft.
            workers.stream()
                    .filter(worker -> !worker.isBusyRegion())
                    .findFirst()
                    .ifPresent(WorkerState::goOnDuty);
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

    /** Whether anybody could have drafted. */
    boolean wasAnyReady() {
        for (WorkerState worker : workers) {
            if (worker.wasEverReady()) {
                return true;
            }
        }
        return false;
    }

    boolean hasRemote() {
        return remotes() > 0;
    }

    /** How many of them draft outside the busy region, or will. */
    int remotes() {
        int remotes = 0;
        for (WorkerState worker : workers) {
            remotes += isDrafting(worker) ? 1 : 0;
        }
        return remotes;
    }

    private static boolean isDrafting(WorkerState worker) {
        return !worker.isBusyRegion() && worker.isOnDuty();
    }

    /** Which of the remote workers that draft this is, counted from 0; 0 also for one that is being left. */
    int remoteIndex(WorkerState worker) {
        int index = 0;
        if (!worker.isOnDuty()) {
            return index;
        }
        for (WorkerState other : workers) {
            if (other == worker) {
                break;
            }
            index += isDrafting(other) ? 1 : 0;
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
            nearest = isDrafting(worker) ? Math.min(nearest, worker.forecast().roundTripNanos()) : nearest;
        }
        return nearest;
    }

    /** What was found of the remote ones that were asked. */
    List<PlaceFindings> findings() {
        return workers.stream()
                .filter(worker -> !worker.isBusyRegion() && worker.wasAsked())
                .map(WorkerState::findings)
                .filter(found -> !found.isNothing())
                .toList();
    }

    /** Time of a draft pass in the busy region; of any worker if there is none there, 0 without workers. */
    double busyPassNanos() {
        double any = 0;
        for (WorkerState worker : workers) {
            if (worker.isBusyRegion()) {
                return worker.forecast().singlePassNanos();
            }
            any = worker.isOnDuty() ? worker.forecast().singlePassNanos() : any;
        }
        return any;
    }
}
