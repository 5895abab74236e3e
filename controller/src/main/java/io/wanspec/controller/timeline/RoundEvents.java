package io.wanspec.controller.timeline;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TimelineToken;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.controller.Progress;
import io.wanspec.controller.timeline.DraftedPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the target is asked and what it answers as events, each committed token with where it came from. */
final class RoundEvents {
    private static final double MICROS_PER_MS = 1e3;
    private static final long NEVER = Long.MIN_VALUE;

    private final EventLog log;
    private final DraftedPlaces places;
    private final boolean text;
    private final SourceCounts tokensBySource = new SourceCounts();
    private @Nullable Asked outstanding;
    private boolean opening;
    private long idleSince = NEVER;
    private int passes;

    /**
     * A round that is not answered yet, or not to its end.
     *
     * @param drafted of each node of its tree: who drafted it first; empty where it was looked up
     */
    private record Asked(TargetFrame.Verify frame, double at, List<Optional<Place>> drafted) {}

    RoundEvents(EventLog log, DraftedPlaces places, boolean text) {
        this.log = log;
        this.places = places;
        this.text = text;
    }

    /** Its link is being opened, perhaps anew. */
    void onOpening() {
        onLost();
        opening = true;
    }

    /** The target can be asked; what repeats that says nothing. */
    void onReady(long nanos) {
        if (opening) {
            opening = false;
            idleSince = nanos;
        }
    }

    /** It cannot. */
    void onLost() {
        opening = false;
        outstanding = null;
        idleSince = NEVER;
    }

    void onAsked(long nanos, TargetFrame.Verify frame) {
        double t = log.at(nanos);
        double idleMs = onStall(nanos, t);
        List<Optional<Place>> drafted = drafted(frame);
        SourceCounts counts = new SourceCounts();
        drafted.forEach(place -> counts.add(source(place)));
        outstanding = new Asked(frame, t, drafted);
        log.add(new TimelineEvent.Ask(
                t,
                frame.round().number(),
                frame.position(),
                drafted.size(),
                frame.drafts().depth(),
                counts.of(TokenSource.REMOTE),
                counts.of(TokenSource.BUSY),
                counts.of(TokenSource.LOOKUP),
                frame.onward(),
                idleMs));
    }

    private List<Optional<Place>> drafted(TargetFrame.Verify frame) {
        TokenTree tree = frame.drafts();
        List<Branch> branches = new ArrayList<>();
        List<Optional<Place>> drafted = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parents().get(i);
            int token = tree.tokens().get(i);
            Branch before = parent == TokenTree.PREFIX ? frame.branch() : branches.get(parent);
            branches.add(before.then(token));
            drafted.add(Optional.ofNullable(places.first(before, token)));
        }
        return drafted;
    }

    /** @return how long it was, in milliseconds */
    private double onStall(long nanos, double t) {
        if (idleSince == NEVER || nanos <= idleSince) {
            return 0;
        }
        double lasted = Math.round((nanos - idleSince) / MICROS_PER_MS) / MICROS_PER_MS;
        double from = Math.max(0, Math.round((t - lasted) * MICROS_PER_MS) / MICROS_PER_MS);
        if (lasted > 0) {
            log.add(new TimelineEvent.Stall(t, from));
        }
        return lasted;
    }

    /** @param kept what was committed of the answer */
    void onAnswer(long nanos, TargetFrame.Verified answer, Progress kept) {
        Asked asked = outstanding;
        if (asked == null) {
            return;
        }
        double t = log.at(nanos);
        int accepted = Math.min(answer.accepted(), kept.tokens().size());
        PassLoad load = answer.load();
        add(new TimelineEvent.Pass(
                t,
                ++passes,
                answer.round().number(),
                asked.at(),
                answer.passMicros() / MICROS_PER_MS,
                load == null ? null : load.waitedMicros() / MICROS_PER_MS,
                load == null ? null : load.rows(),
                load == null ? null : load.sessions(),
                answer.position(),
                asked.frame().drafts().size(),
                accepted,
                tokens(asked, accepted, kept)));
        idleSince = nanos;
        outstanding = answer.goesOn() ? new Asked(asked.frame().behind(answer), t, List.of()) : null;
        places.committedUpTo(answer.position() + kept.tokens().size());
    }

    /** The target has made tokens by itself, without having been asked for each. */
    void onPlain(
            long nanos, double askedAt, @Nullable Double passMs, @Nullable PassLoad load, int position, Progress kept) {
        List<TimelineToken> tokens = new ArrayList<>();
        for (int i = 0; i < kept.tokens().size(); i++) {
            tokens.add(token(TokenSource.TARGET, null, null, kept, i));
        }
        add(new TimelineEvent.Pass(
                log.at(nanos),
                ++passes,
                null,
                askedAt,
                passMs,
                load == null ? null : load.waitedMicros() / MICROS_PER_MS,
                load == null ? null : load.rows(),
                load == null ? null : load.sessions(),
                position,
                0,
                0,
                tokens));
    }

    private void add(TimelineEvent.Pass pass) {
        pass.tokens().forEach(token -> tokensBySource.add(token.source()));
        log.add(pass);
    }

    private List<TimelineToken> tokens(Asked asked, int accepted, Progress kept) {
        List<TimelineToken> tokens = new ArrayList<>();
        Branch before = asked.frame().branch();
        int node = TokenTree.PREFIX;
        for (int i = 0; i < kept.tokens().size(); i++) {
            int token = kept.tokens().get(i);
            Branch prefix = before;
            if (i < accepted) {
                node = asked.frame().drafts().childOf(node, token);
                Optional<Place> drafted = asked.drafted().get(node);
                Place seen = drafted.isPresent() ? drafted.get() : places.first(prefix);
                tokens.add(token(source(drafted), drafted.orElse(null), seen, kept, i));
            } else {
                tokens.add(token(TokenSource.TARGET, null, places.first(prefix), kept, i));
            }
            before = prefix.then(token);
        }
        return tokens;
    }

    private static TokenSource source(Optional<Place> drafted) {
        return drafted.map(Place::source).orElse(TokenSource.LOOKUP);
    }

    /**
     * @param drafted whose draft it was
     * @param seen what is known of the place
     */
    private TimelineToken token(
            TokenSource source, @Nullable Place drafted, @Nullable Place seen, Progress kept, int i) {
        int token = kept.tokens().get(i);
        int rank = seen == null ? 0 : seen.rank(token);
        TokenLogprobs told =
                kept.logprobs().isNone() ? null : kept.logprobs().each().get(i);
        return new TimelineToken(
                source,
                drafted == null ? null : drafted.worker(),
                seen == null ? null : seen.entropy(),
                rank == 0 ? null : (Integer) rank,
                seen == null || rank == 0 ? null : (Double) seen.surprisal(rank),
                seen == null ? null : seen.at(),
                told == null ? null : told.logprobs().getFirst().doubleValue(),
                told == null ? null : targetRank(told),
                text ? (Integer) token : null,
                text ? kept.pieces().get(i) : null);
    }

    /** Behind the chosen token stand the likeliest ones. */
    private static @Nullable Integer targetRank(TokenLogprobs told) {
        for (int i = 1; i < told.tokens().size(); i++) {
            if (told.tokens().get(i) == told.tokens().get(0)) {
                return i;
            }
        }
        return null;
    }

    TimelineEvent.Sources sources() {
        return new TimelineEvent.Sources(
                tokensBySource.of(TokenSource.REMOTE),
                tokensBySource.of(TokenSource.BUSY),
                tokensBySource.of(TokenSource.LOOKUP),
                tokensBySource.of(TokenSource.TARGET));
    }
}
