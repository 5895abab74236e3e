package io.wanspec.simulator.fault;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TimelineToken;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.Place;
import io.wanspec.controller.Tally;
import io.wanspec.controller.Worker;
import io.wanspec.controller.timeline.TimelineRecorder;
import java.util.ArrayList;
import java.util.List;

/** Has a session's timeline written, and checks that it says what the controller did. */
final class TimelineInvariants {
    private static final double NANOS_PER_MS = 1e6;

    /** What rounding to microseconds may add up to, for each stall. */
    private static final double ROUNDING_MS = 0.002;

    private final ControllerSettings settings;
    private final List<TimelineEvent> log = new ArrayList<>();
    private final TimelineRecorder recorder;
    private Tokens committed = Tokens.none();
    private int checked;
    private double last;
    private int passes;
    private double answeredAt;
    private double stalledMs;
    private final List<Integer> tokens = new ArrayList<>();

    TimelineInvariants(FaultCase fault, int resumedTokens, long startedAt) {
        settings = fault.settings();
        var begin = new TimelineEvent.Begin(
                0,
                TimelineEvent.VERSION,
                fault.request().session().value(),
                settings.target().name(),
                "wanspec",
                "economy",
                null,
                null,
                fault.request().prompt().size(),
                fault.request().maxTokens(),
                resumedTokens,
                0,
                settings.workers().stream().map(TimelineInvariants::drafter).toList(),
                true);
        recorder = new TimelineRecorder(begin, startedAt, log::add);
    }

    private static TimelineEvent.Drafter drafter(Worker worker) {
        return new TimelineEvent.Drafter(
                worker.id().value(),
                null,
                worker.place() == Place.BUSY_REGION ? TokenSource.BUSY : TokenSource.REMOTE,
                worker.roundTrip().toNanos() / NANOS_PER_MS,
                worker.placed().standsBy());
    }

    void step(Event event, List<Action> actions) {
        recorder.step(event, actions);
        for (Action action : actions) {
            switch (action) {
                case Action.Checkpoint checkpoint -> committed = committed.plus(checkpoint.tokens());
                case Action.Finish finish -> end(event.atNanos(), finish.tally());
                case Action.Fail fail -> end(event.atNanos(), fail.tally());
                default -> {}
            }
        }
        check();
        InvariantCheck.same(
                Tokens.of(tokens.stream().mapToInt(Integer::intValue).toArray()), committed, "tokens of the timeline");
    }

    private void end(long now, Tally tally) {
        recorder.ended(now, "stop", null, tally.toLedger(0));
        check();
        InvariantCheck.same(passes, tally.targetPasses(), "passes of the timeline");
        double rounding = ROUNDING_MS * (1 + log.size());
        InvariantCheck.that(
                Math.abs(stalledMs - tally.stallNanos() / NANOS_PER_MS) <= rounding,
                "stalls of the timeline: " + stalledMs + " ms, should be " + tally.stallNanos() / NANOS_PER_MS);
        InvariantCheck.that(
                log.getLast() instanceof TimelineEvent.End end
                        && end.sources().remote()
                                        + end.sources().busy()
                                        + end.sources().lookup()
                                        + end.sources().target()
                                == tokens.size(),
                "the end counts each token once");
    }

    private void check() {
        InvariantCheck.that(log.getFirst() instanceof TimelineEvent.Begin, "a timeline begins with its begin");
        InvariantCheck.atMost(log.size(), TimelineRecorder.EVENTS_MAX, "events of a timeline");
        for (; checked < log.size(); checked++) {
            TimelineEvent event = log.get(checked);
            InvariantCheck.that(event.t() >= last, "times of the timeline do not decrease");
            last = event.t();
            switch (event) {
                case TimelineEvent.Pass pass -> check(pass);
                case TimelineEvent.Stall stall -> {
                    InvariantCheck.that(stall.from() < stall.t(), "a stall takes time");
                    stalledMs += stall.t() - stall.from();
                }
                case TimelineEvent.Ask ask ->
                    InvariantCheck.same(
                            ask.remote() + ask.busy() + ask.lookup(), ask.drafts(), "drafts and their sources");
                default -> {}
            }
        }
    }

    private void check(TimelineEvent.Pass pass) {
        InvariantCheck.same(pass.pass(), ++passes, "passes in order");
        InvariantCheck.that(pass.asked() >= answeredAt && pass.t() >= pass.asked(), "one pass behind the other");
        answeredAt = pass.t();
        for (int i = 0; i < pass.tokens().size(); i++) {
            TimelineToken token = pass.tokens().get(i);
            InvariantCheck.same(token.source() == TokenSource.TARGET, i >= pass.accepted(), "the target's own tokens");
            check(pass, token);
            Integer id = token.id();
            InvariantCheck.that(id != null && tokens.add(id), "a token without id");
        }
    }

    private void check(TimelineEvent.Pass pass, TimelineToken token) {
        boolean drafted = token.source() == TokenSource.REMOTE || token.source() == TokenSource.BUSY;
        InvariantCheck.same(token.worker() != null, drafted, "who drafted a token");
        // Without lookups whatever is accepted was somebody's.
        InvariantCheck.that(
                token.source() != TokenSource.LOOKUP || settings.lookupTokens() > 0, "a lookup where there is none");
        if (drafted) {
            Double at = token.drafted();
            InvariantCheck.that(at != null && at <= pass.asked(), "a draft that came before the pass was asked for");
            InvariantCheck.that(token.rank() != null && token.entropy() != null, "what is known of a draft");
        }
    }
}
