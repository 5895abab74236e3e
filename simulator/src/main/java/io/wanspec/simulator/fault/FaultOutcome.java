package io.wanspec.simulator.fault;

import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often what was seen, so that it can be told what the cases reach. */
final class FaultOutcome {
    /** What can be seen. */
    enum Seen {
        FINISHED,
        CANCELLED,
        TARGET_GIVEN_UP,
        DEADLINE_EXCEEDED,
        EVENTS,
        TOKENS,
        ROUNDS,
        TREE_ROUNDS,
        ACCEPTED_DRAFTS,
        DRAFT_FRAMES,
        EXPANDS,
        WIDE_EXPANDS,
        ADVANCES,
        WORKERS_LOST,
        WORKERS_REOPENED,
        WORKERS_REPLACED,
        INVALID_FRAMES,
        TARGETS_REOPENED,
        PREFIXES_FORGOTTEN,
        FUNCTIONS_KILLED,
        LINKS_MOVED,
        ANSWERS_UNASKED,
        SPECULATION_GIVEN_UP
    }

    private final Map<Seen, Long> counts = new EnumMap<>(Seen.class);

    /** @param killed whether the function was, at the end of these events */
    static FaultOutcome of(List<Event> events, List<Action> actions, boolean killed) {
        FaultOutcome outcome = new FaultOutcome();
        outcome.add(Seen.FUNCTIONS_KILLED, killed ? 1 : 0);
        outcome.add(Seen.EVENTS, events.size());
        events.forEach(outcome::see);
        actions.forEach(outcome::see);
        return outcome;
    }

    void add(FaultOutcome other) {
        other.counts.forEach(this::add);
    }

    long of(Seen seen) {
        return counts.getOrDefault(seen, 0L);
    }

    private void add(Seen seen, long more) {
        counts.merge(seen, more, Long::sum);
    }

    private void see(Event event) {
        switch (event) {
            case Event.TargetVerified verified -> {
                add(Seen.ACCEPTED_DRAFTS, verified.frame().accepted());
                add(Seen.ANSWERS_UNASKED, verified.frame().goesOn() ? 1 : 0);
            }
            case Event.WorkerDrafted drafted -> add(Seen.DRAFT_FRAMES, 1);
            default -> {}
        }
    }

    private void see(Action action) {
        switch (action) {
            case Action.Emit emit -> add(Seen.TOKENS, emit.tokens().size());
            case Action.Verify verify -> {
                add(Seen.ROUNDS, 1);
                boolean tree = verify.frame().drafts().depth()
                        < verify.frame().drafts().size();
                add(Seen.TREE_ROUNDS, tree ? 1 : 0);
            }
            case Action.Expand expand -> {
                add(Seen.EXPANDS, 1);
                add(Seen.WIDE_EXPANDS, expand.frame().wanted().size() > 1 ? 1 : 0);
            }
            case Action.Advance advance -> add(Seen.ADVANCES, 1);
            case Action.Note note -> add(seenBy(note), 1);
            case Action.Finish finish -> add(seenBy(finish), 1);
            case Action.Fail fail -> add(seenBy(fail), 1);
            default -> {}
        }
    }

    private static Seen seenBy(Action.Note note) {
        return switch (note.code()) {
            case WORKER_LOST -> Seen.WORKERS_LOST;
            case WORKER_REOPENED -> Seen.WORKERS_REOPENED;
            case WORKER_REPLACED -> Seen.WORKERS_REPLACED;
            case WORKER_INVALID_FRAME -> Seen.INVALID_FRAMES;
            case TARGET_REOPENED -> Seen.TARGETS_REOPENED;
            case LINK_MOVED -> Seen.LINKS_MOVED;
            case TARGET_FORGOT_PREFIX -> Seen.PREFIXES_FORGOTTEN;
            case SPECULATION_HELD_BACK -> Seen.SPECULATION_GIVEN_UP;
        };
    }

    private static Seen seenBy(Action.Finish finish) {
        return switch (finish.reason()) {
            case STOP, LENGTH -> Seen.FINISHED;
            case CANCELLED -> Seen.CANCELLED;
        };
    }

    private static Seen seenBy(Action.Fail fail) {
        return switch (fail.code()) {
            case TARGET_UNAVAILABLE, TARGET_STARTING -> Seen.TARGET_GIVEN_UP;
            case DEADLINE_EXCEEDED -> Seen.DEADLINE_EXCEEDED;
        };
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (Seen seen : Seen.values()) {
            lines.append(String.format(
                    "%12d  %s%n", of(seen), seen.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        return lines.toString();
    }
}
