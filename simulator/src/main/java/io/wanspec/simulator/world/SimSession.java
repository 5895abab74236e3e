package io.wanspec.simulator.world;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Place;
import io.wanspec.controller.PlacementReport;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.SpeculationController;
import io.wanspec.controller.Tally;
import io.wanspec.simulator.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request: the real controller, its workers, and its turn at the target. */
public final class SimSession {
    public static final ModelIdentity TARGET =
            new ModelIdentity("target", "0".repeat(64), "1".repeat(64), Integer.MAX_VALUE, 131_072);
    static final ModelIdentity DRAFT =
            new ModelIdentity("draft", "0".repeat(64), "2".repeat(64), Integer.MAX_VALUE, 131_072);

    /** Every request's prompt. */
    public static final Tokens PROMPT = Tokens.of(1, 2, 3, 4);

    private static final int NAME_TOKENS = 4;

    private final VirtualTime time;
    private final Text text;
    private final Surroundings around;
    private final SplittableRandom random;
    private final ControllerSettings settings;
    private final SpeculationController controller;
    private final Map<WorkerId, SimWorker> workers = new LinkedHashMap<>();
    private final long startedAt;
    private final Alarm alarm;
    private final List<SimWorker> links = new ArrayList<>();
    private final List<String> replacements = new ArrayList<>();
    private @Nullable Tally tally;
    private long targetDraftTokens;
    private long committed;
    private Runnable whenDone = () -> {};

    /**
     * What a session meets.
     *
     * @param sites where a remote worker is; asked once for each link
     */
    public record Surroundings(
            VirtualTime time, PassServer target, PassServer busyDrafts, Function<WorkerId, WorkerSite> sites) {
        /** @param remoteDrafts what a worker in the draft region runs on; asked once for each */
        public Surroundings(
                VirtualTime time,
                Wan wan,
                PassServer target,
                PassServer busyDrafts,
                Supplier<PassServer> remoteDrafts) {
            this(time, target, busyDrafts, id -> WorkerSite.steady(wan, remoteDrafts.get()));
        }

        /**
         * Passes are never batched, and each remote worker has a processor of its own.
         *
         * @param busyDrafts the processor of busy-region drafts; the target's own where both share one
         */
        public static Surroundings inTurns(
                VirtualTime time, Wan wan, PassTimes times, Accelerator target, Accelerator busyDrafts) {
            return new Surroundings(
                    time,
                    wan,
                    new Turns(time, target, rows -> times.targetNanos(rows - 1)),
                    new Turns(time, busyDrafts, times::busyDraftNanos),
                    () -> new Turns(time, new Accelerator(), times::remoteDraftNanos));
        }
    }

    public SimSession(
            Surroundings around,
            Text text,
            ControllerSettings settings,
            LearnedByKind learned,
            double lookup,
            int tokens,
            SplittableRandom random) {
        this.around = around;
        this.time = around.time();
        this.text = text;
        this.random = random;
        this.settings = settings;
        controller = new SpeculationController(
                new GenerationRequest(name(text, time.now()), PROMPT, text.sampling(), tokens, List.of()),
                settings,
                learned.of(kind()),
                text.freeDrafter(lookup));
        alarm = new Alarm(time, at -> handle(new Event.Woken(at)));
        startedAt = time.now();
    }

    /** Requests have names of their own, which decide who tries what: after their texts, so that the same runs have the same names. */
    private static SessionId name(Text text, long now) {
        long branch = Branch.of(PROMPT).digest();
        int name = 0;
        for (int i = 0; i < NAME_TOKENS; i++) {
            int token = text.target(branch, PROMPT.size() + i);
            branch = Branch.then(branch, token);
            name = 31 * name + token;
        }
        return new SessionId("s" + now + "-" + Integer.toHexString(name));
    }

    public void start() {
        handle(new Event.Started(time.now()));
    }

    /** What happens when the request is done; to be said before it starts. */
    public void whenDone(Runnable then) {
        whenDone = then;
    }

    public boolean isDone() {
        return tally != null;
    }

    /** The figures of a finished request. */
    public SessionFigures figures() {
        Tally done = tally;
        if (done == null) {
            throw new IllegalStateException("the request is not done");
        }
        int busy = 0;
        int remote = 0;
        long bytes = 0;
        for (SimWorker link : links) {
            busy += isBusy(link.id()) ? link.passes() : 0;
            remote += isBusy(link.id()) ? 0 : link.passes();
            bytes += link.wanBytes();
        }
        return new SessionFigures(
                done.tokens().size(),
                done.totalNanos(),
                done.firstTokenNanos(),
                done.targetPasses(),
                targetDraftTokens,
                busy,
                remote,
                bytes,
                done.stallNanos());
    }

    /** Tokens that the target has committed, whether the request is done or not. */
    public long committedSoFar() {
        return committed;
    }

    /** What is known when this request is finished, where so much was known before. */
    public LearnedByKind teach(LearnedByKind before) {
        return before.with(kind(), Objects.requireNonNull(tally).learned());
    }

    private RequestKind kind() {
        return RequestKind.of(text.sampling());
    }

    /** What a finished request has found of its draft places. */
    public PlacementReport placement() {
        return Objects.requireNonNull(tally).placement();
    }

    /** The tokens of a finished request, for checks. */
    public Tokens tokens() {
        return tally == null ? Tokens.none() : tally.tokens();
    }

    private void handle(Event event) {
        for (Action action : controller.handle(event)) {
            perform(action);
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.OpenTarget open ->
                later(
                        time.now(),
                        new Event.TargetReady(time.now(), new TargetFrame.Ready(ProtocolVersion.CURRENT, TARGET, 0)));
            case Action.Verify verify -> verify(verify.frame());
            case Action.OpenWorker open -> open(open.worker(), open.frame());
            case Action.Advance advance -> worker(advance.worker()).send(advance.frame());
            case Action.Expand expand -> worker(expand.worker()).send(expand.frame());
            case Action.CloseWorker close -> worker(close.worker()).close();
            case Action.WakeAt wake -> alarm.set(wake.atNanos());
            case Action.Finish finish -> {
                tally = finish.tally();
                alarm.cancel();
                whenDone.run();
            }
            case Action.Fail fail -> throw new IllegalStateException(fail.message());
            case Action.CloseTarget close -> {}
            case Action.Emit emit -> {}
            case Action.Checkpoint checkpoint -> {}
            case Action.Note note -> note(note);
        }
    }

    private void verify(TargetFrame.Verify frame) {
        targetDraftTokens += frame.drafts().size();
        around.target().run(1 + frame.drafts().size(), (nanos, load) -> tell(frame, answer(frame, nanos, load)));
    }

    /** A round that goes on does so whatever its session thinks of the answer, unless that was its last. */
    private void tell(TargetFrame.Verify asked, TargetFrame.Verified answer) {
        handle(new Event.TargetVerified(time.now(), answer));
        if (answer.goesOn() && !isDone()) {
            verify(asked.behind(answer));
        }
    }

    private TargetFrame.Verified answer(TargetFrame.Verify frame, long nanos, @Nullable PassLoad load) {
        int[] tokens = new int[frame.drafts().size() + 1];
        int size = 0;
        long branch = frame.branch().digest();
        int node = TokenTree.PREFIX;
        boolean more = true;
        while (more) {
            int token = text.target(branch, frame.position() + size);
            tokens[size++] = token;
            branch = Branch.then(branch, token);
            node = frame.drafts().childOf(node, token);
            more = node >= 0;
        }
        committed += size;
        return new TargetFrame.Verified(
                frame.round(),
                frame.position(),
                frame.branch(),
                size - 1,
                Tokens.of(tokens, size),
                Collections.nCopies(size, ""),
                false,
                nanos / 1_000,
                load,
                null,
                frame.onward() > 0);
    }

    private void open(WorkerId id, DraftFrame.Open frame) {
        SimWorker link = new SimWorker(
                time,
                text,
                id,
                frame,
                isBusy(id)
                        ? WorkerSite.steady(Wan.of(0), around.busyDrafts())
                        : around.sites().apply(id),
                time.now() > startedAt,
                random.split(),
                event -> later(time.now(), event));
        workers.put(id, link);
        links.add(link);
    }

    private boolean isBusy(WorkerId id) {
        return settings.workers().stream()
                .anyMatch(worker -> worker.id().equals(id) && worker.place() == Place.BUSY_REGION);
    }

    private void note(Action.Note note) {
        if (note.code() == NoteCode.WORKER_REPLACED) {
            replacements.add(note.detail());
        }
    }

    /** How its draft place was changed in mid-session, in words. */
    public List<String> replacements() {
        return List.copyOf(replacements);
    }

    private void later(long at, Event event) {
        time.at(at, () -> handle(event));
    }

    private SimWorker worker(WorkerId id) {
        SimWorker worker = workers.get(id);
        if (worker == null) {
            throw new IllegalStateException("no link to " + id);
        }
        return worker;
    }

    /** When the request came. */
    public long startedAt() {
        return startedAt;
    }
}
