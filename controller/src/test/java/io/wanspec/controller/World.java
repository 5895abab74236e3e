package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A seeded world around the real controller: one target, some workers, a network that delays, loses, duplicates and
 * reorders, in virtual time. Checks the controller's invariants after every event.
 */
final class World {
    static final ModelIdentity TARGET = new ModelIdentity("target", "0".repeat(64), "1".repeat(64), 64, 4_096);
    static final ModelIdentity DRAFT = new ModelIdentity("draft", "0".repeat(64), "2".repeat(64), 64, 4_096);
    static final Worker REMOTE = new Worker(new WorkerId("remote"), Place.DRAFT_REGION);
    static final Worker REMOTE_2 = new Worker(new WorkerId("remote-2"), Place.DRAFT_REGION);
    static final Worker BUSY = new Worker(new WorkerId("busy"), Place.BUSY_REGION);
    private static final long MS = 1_000_000;
    private static final int EVENTS_MAX = 200_000;

    private final HashModel model;
    private final Faults faults;
    private final Random random;
    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final SpeculationController controller;
    private final Tokens expected;
    private final PriorityQueue<Scheduled> queue =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::order));
    private final List<Event> heard = new ArrayList<>();
    private final Map<WorkerId, DraftTwin> workers = new HashMap<>();
    private Tokens targetHolds = Tokens.none();
    private Tokens emitted = Tokens.none();
    private Tokens checkpointed = Tokens.none();
    private TargetFrame.@Nullable Verify outstanding;
    private @Nullable Action last;
    private long wakeAt = Long.MAX_VALUE;
    private long order;
    private int events;

    /** Draft tokens after which the workers fall silent although their links live. */
    int silentAfter = Integer.MAX_VALUE;

    private int delivered;

    /** What goes wrong, as probabilities for each message, and how slow things are. */
    record Faults(
            double loss,
            double duplicate,
            double reorder,
            double workerCrash,
            double hostile,
            double forget,
            double targetLoss,
            long oneWayMs,
            long jitterMs) {
        static Faults none(long oneWayMs) {
            return new Faults(0, 0, 0, 0, 0, 0, 0, oneWayMs, 0);
        }
    }

    /** An event for the controller, or something that happens elsewhere. */
    private record Scheduled(long at, long order, @Nullable Event event, Runnable elsewhere) {}

    World(long seed, HashModel model, Faults faults, GenerationRequest request, ControllerSettings settings) {
        this.model = model;
        this.faults = faults;
        this.random = new Random(seed);
        this.request = request;
        this.settings = settings;
        this.controller = new SpeculationController(request, settings);
        this.expected = model.decode(request.prompt(), request.maxTokens());
    }

    /** Runs to the end and returns the last action. */
    Action run() {
        schedule(new Event.Started(0));
        while (last == null) {
            Scheduled next = queue.poll();
            assertThat(next).as("a request must not be left waiting").isNotNull();
            assertThat(++events).as("events").isLessThan(EVENTS_MAX);
            Event event = next.event();
            if (event == null) {
                next.elsewhere().run();
            } else if (!(event instanceof Event.Woken) || next.at() == wakeAt) {
                heard.add(event);
                controller.handle(event).forEach(action -> perform(action, next.at()));
                check();
            }
        }
        assertThat(controller.handle(new Event.Woken(Long.MAX_VALUE))).isEmpty();
        return last;
    }

    Tokens expected() {
        return expected;
    }

    Tokens emitted() {
        return emitted;
    }

    /** Every event that the controller was given, in order: given again, it does the same. */
    List<Event> heard() {
        return List.copyOf(heard);
    }

    private void check() {
        assertThat(emitted.commonPrefix(expected))
                .as("emitted is a prefix of target-only decoding")
                .isEqualTo(emitted.size());
        assertThat(checkpointed).isEqualTo(emitted);
    }

    private void perform(Action action, long now) {
        assertThat(last).as("no action after the last").isNull();
        switch (action) {
            case Action.OpenTarget open -> onOpenTarget(open.frame(), now);
            case Action.Verify verify -> onVerify(verify.frame(), now);
            case Action.OpenWorker open -> onOpenWorker(open.worker(), open.frame(), now);
            case Action.Advance advance -> onAdvance(advance.worker(), advance.frame(), now);
            case Action.Expand expand -> onExpand(expand.worker(), expand.frame(), now);
            case Action.CloseTarget close -> {}
            case Action.CloseWorker close -> workers.remove(close.worker());
            case Action.Emit emit -> emitted = emitted.plus(emit.tokens());
            case Action.Checkpoint checkpoint -> {
                assertThat(checkpoint.position()).isEqualTo(request.prompt().size() + checkpointed.size());
                checkpointed = checkpointed.plus(checkpoint.tokens());
            }
            case Action.WakeAt wake -> {
                assertThat(wake.atNanos()).isGreaterThanOrEqualTo(now);
                wakeAt = wake.atNanos();
                schedule(new Event.Woken(wakeAt));
            }
            case Action.Finish finish -> last = finish;
            case Action.Fail fail -> last = fail;
            case Action.Note note -> {}
        }
    }

    private void onOpenTarget(TargetFrame.Open frame, long now) {
        outstanding = null;
        targetHolds = frame.prefix();
        assertThat(frame.prefix()).isEqualTo(request.prompt().plus(emitted));
        if (random.nextDouble() < faults.targetLoss()) {
            schedule(new Event.TargetLost(now + MS, "connection reset", true));
        } else {
            schedule(new Event.TargetReady(now + MS, new TargetFrame.Ready(ProtocolVersion.CURRENT, TARGET, 0)));
        }
    }

    private void onVerify(TargetFrame.Verify frame, long now) {
        assertThat(outstanding).as("one round at a time").isNull();
        assertThat(frame.drafts().size()).isLessThanOrEqualTo(settings.runLength());
        assertThat(frame.position()).isEqualTo(targetHolds.size());
        assertThat(frame.branch()).isEqualTo(Branch.of(targetHolds));
        outstanding = frame;
        if (random.nextDouble() < faults.targetLoss()) {
            schedule(new Event.TargetLost(now + 20 * MS, "connection reset", true));
        } else if (random.nextDouble() < faults.forget()) {
            schedule(new Event.TargetForgotPrefix(
                    now + MS, new TargetFrame.PrefixUnknown(frame.round(), frame.position(), frame.branch())));
        } else {
            TargetFrame.Verified answer = answer(frame);
            schedule(new Event.TargetVerified(now + 40 * MS, answer));
            if (random.nextDouble() < faults.duplicate()) {
                schedule(new Event.TargetVerified(now + 55 * MS, answer));
            }
        }
    }

    private TargetFrame.Verified answer(TargetFrame.Verify frame) {
        Tokens tokens = Tokens.none();
        Branch branch = frame.branch();
        int node = TokenTree.PREFIX;
        int accepted = 0;
        boolean more = true;
        while (more) {
            int token = model.target(branch);
            node = frame.drafts().childOf(node, token);
            accepted += node >= 0 ? 1 : 0;
            tokens = tokens.plus(token);
            branch = branch.then(token);
            more = node >= 0 && token != HashModel.END;
        }
        targetHolds = targetHolds.plus(tokens);
        List<String> pieces = new ArrayList<>();
        for (int token : tokens.toArray()) {
            pieces.add(HashModel.piece(token));
        }
        outstanding = null;
        boolean ended = tokens.last() == HashModel.END;
        return new TargetFrame.Verified(
                frame.round(), frame.position(), frame.branch(), accepted, tokens, pieces, ended, 40_000);
    }

    private void onOpenWorker(WorkerId id, DraftFrame.Open frame, long now) {
        DraftTwin twin = new DraftTwin(model, frame.prefix(), frame.plan().draftUpTo());
        workers.put(id, twin);
        long there = now + delay(id);
        schedule(new Event.WorkerReady(there + delay(id), id, new DraftFrame.Ready(ProtocolVersion.CURRENT, DRAFT)));
        later(there, () -> step(id, twin, there));
    }

    private void onAdvance(WorkerId id, DraftFrame.Advance frame, long now) {
        DraftTwin twin = workers.get(id);
        if (twin == null) {
            return;
        }
        int before = frame.position() + frame.committed().size();
        assertThat(frame.plan().draftUpTo())
                .isLessThanOrEqualTo(before + Math.max(settings.draft().window(), settings.runLength()));
        long there = Math.max(now + delay(id), twin.lastHeard);
        twin.lastHeard = there;
        later(there, () -> {
            twin.advance(frame);
            step(id, twin, there);
        });
    }

    private void onExpand(WorkerId id, DraftFrame.Expand frame, long now) {
        DraftTwin twin = workers.get(id);
        if (twin == null) {
            return;
        }
        assertThat(frame.position()).isEqualTo(request.prompt().size() + emitted.size());
        assertThat(frame.drafts().depth()).isLessThan(Math.max(1, settings.runLength()));
        long there = Math.max(now + delay(id), twin.lastHeard);
        twin.lastHeard = there;
        later(there, () -> {
            twin.expand(frame);
            step(id, twin, there);
        });
    }

    /** One draft pass, if the worker is free and may draft; it ends with a frame and the next pass. */
    private void step(WorkerId id, DraftTwin twin, long now) {
        if (twin.working || !twin.mayDraft()) {
            return;
        }
        twin.working = true;
        long done = now + (id.value().startsWith("busy") ? 6 : 8) * MS;
        later(done, () -> {
            twin.working = false;
            if (workers.get(id) == twin) {
                deliver(id, twin.draft(), done);
                step(id, twin, done);
            }
        });
    }

    private void deliver(WorkerId id, DraftFrame.Drafted frame, long at) {
        if (!id.value().startsWith("busy") && ++delivered > silentAfter) {
            return;
        }
        if (random.nextDouble() < faults.workerCrash()) {
            workers.remove(id);
            schedule(new Event.WorkerLost(at + delay(id), id, "connection reset", true));
            return;
        }
        DraftFrame.Drafted sent = random.nextDouble() < faults.hostile() ? nonsense(frame) : frame;
        if (random.nextDouble() >= faults.loss()) {
            long late = random.nextDouble() < faults.reorder() ? 30 * MS : 0;
            schedule(new Event.WorkerDrafted(at + delay(id) + late, id, sent));
        }
        if (random.nextDouble() < faults.duplicate()) {
            schedule(new Event.WorkerDrafted(at + delay(id) + 5 * MS, id, sent));
        }
    }

    private DraftFrame.Drafted nonsense(DraftFrame.Drafted frame) {
        int position = Math.max(1, frame.positions().get(0) + random.nextInt(400) - 200);
        Branch branch = random.nextBoolean() ? frame.branches().get(0) : new Branch(random.nextLong());
        int count = 1 + random.nextInt(Limits.CANDIDATES_MAX);
        return new DraftFrame.Drafted(
                Ints.of(position),
                List.of(branch),
                Ints.of(random.nextInt(2_000_000) - 1_000_000),
                Ints.of(count),
                Tokens.of(random.ints(count, 0, 50).toArray()),
                Ints.of(random.ints(count, 0, 1_000_000_000).toArray()),
                1 + random.nextInt(1_000),
                1,
                random.nextInt(1_000_000_000));
    }

    private long delay(WorkerId id) {
        if (id.value().startsWith("busy")) {
            return MS / 2;
        }
        long jitter = faults.jitterMs() == 0 ? 0 : (long) (-Math.log(1 - random.nextDouble()) * faults.jitterMs() * MS);
        return faults.oneWayMs() * MS + jitter;
    }

    private void schedule(Event event) {
        queue.add(new Scheduled(event.atNanos(), order++, event, () -> {}));
    }

    private void later(long at, Runnable what) {
        queue.add(new Scheduled(at, order++, null, what));
    }
}
