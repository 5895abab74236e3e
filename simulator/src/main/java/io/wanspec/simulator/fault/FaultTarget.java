package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target whose link breaks, whose cache gets lost, which hangs, and which repeats itself. Its choices stay the same. */
final class FaultTarget {
    private static final long MS = 1_000_000;
    private static final long PASS_NANOS = 40 * MS;

    private final FaultWorld world;
    private final TargetFaults faults;
    private int link;

    FaultTarget(FaultWorld world) {
        this.world = world;
        faults = world.fault().target();
    }

    void open(TargetFrame.Open frame) {
        int opened = ++link;
        Chances random = world.random();
        if (random.happens(faults.loss())) {
            lose(opened, MS, "connection reset", opening(opened, passing()));
        } else if (random.happens(faults.refusal())) {
            lose(opened, MS, "CONTEXT_EXCEEDED", LinkLoss.FINAL);
        } else if (!random.happens(faults.hang())) {
            ModelIdentity model = random.happens(faults.otherWeights()) ? otherWeights() : FaultCase.TARGET;
            TargetFrame.Ready ready = new TargetFrame.Ready(ProtocolVersion.CURRENT, model, 0);
            later(opened, MS, () -> new Event.TargetReady(world.time().now(), ready));
            if (random.happens(faults.repeat())) {
                later(opened, 3 * MS, () -> new Event.TargetReady(world.time().now(), ready));
            }
        }
    }

    private static ModelIdentity otherWeights() {
        return new ModelIdentity("target", "0".repeat(64), "f".repeat(64), 64, 131_072);
    }

    void close() {
        link++;
    }

    void verify(TargetFrame.Verify frame) {
        Chances random = world.random();
        if (random.happens(faults.loss())) {
            lose(link, 20 * MS, "connection reset", passing());
        } else if (random.happens(faults.refusal())) {
            lose(link, MS, "CONTEXT_EXCEEDED", LinkLoss.FINAL);
        } else if (random.happens(faults.forget())) {
            TargetFrame.PrefixUnknown unknown =
                    new TargetFrame.PrefixUnknown(frame.round(), frame.position(), frame.branch());
            later(link, MS, () -> new Event.TargetForgotPrefix(world.time().now(), unknown));
            repeat(() -> new Event.TargetForgotPrefix(world.time().now(), unknown));
        } else if (!random.happens(faults.hang())) {
            TargetFrame.Verified answer = answer(frame);
            later(link, PASS_NANOS, () -> new Event.TargetVerified(world.time().now(), answer));
            repeat(() -> new Event.TargetVerified(world.time().now(), answer));
            if (answer.goesOn()) {
                goOn(link, frame.behind(answer));
            }
        }
    }

    /** With the same faults as if it had been asked for. */
    private void goOn(int ofLink, TargetFrame.Verify rest) {
        world.time().at(world.time().now() + PASS_NANOS, () -> {
            if (ofLink == link) {
                verify(rest);
            }
        });
    }

    /** The same again, in the next rounds or from a link that is gone: the round's number tells. */
    private void repeat(EventSource event) {
        if (world.random().happens(faults.repeat())) {
            long at = world.time().now() + PASS_NANOS + (long) world.random().upTo(4.0 * PASS_NANOS);
            world.time().at(at, () -> world.controller().accept(event.now()));
        }
    }

    /** Every other lost link was not broken: the target had too much to do, or is being started. */
    private LinkLoss passing() {
        if (world.random().oneIn(2)) {
            return LinkLoss.BROKEN;
        }
        return world.random().oneIn(4) ? LinkLoss.STARTING : LinkLoss.BUSY;
    }

    /** Every other link that breaks while it is opened had not been taken. */
    private static LinkLoss opening(int opened, LinkLoss loss) {
        return loss == LinkLoss.BROKEN && opened % 2 == 0 ? LinkLoss.UNREACHABLE : loss;
    }

    private void lose(int ofLink, long afterNanos, String reason, LinkLoss loss) {
        later(ofLink, afterNanos, () -> {
            link++;
            return new Event.TargetLost(world.time().now(), reason, loss);
        });
    }

    private void later(int ofLink, long afterNanos, EventSource event) {
        world.time().at(world.time().now() + afterNanos, () -> {
            if (ofLink == link) {
                world.controller().accept(event.now());
            }
        });
    }

    private TargetFrame.Verified answer(TargetFrame.Verify frame) {
        int[] tokens = new int[frame.drafts().size() + 1];
        List<String> pieces = new ArrayList<>();
        Branch branch = frame.branch();
        int node = TokenTree.PREFIX;
        int accepted = 0;
        boolean more = true;
        while (more) {
            int token = world.fault().text().target(branch.digest(), frame.position() + pieces.size());
            tokens[pieces.size()] = token;
            pieces.add(FaultText.piece(token));
            branch = branch.then(token);
            node = frame.drafts().childOf(node, token);
            accepted += node >= 0 ? 1 : 0;
            more = node >= 0 && token != FaultText.END;
        }
        boolean ended = tokens[pieces.size() - 1] == FaultText.END;
        Tokens committed = Tokens.of(tokens, pieces.size());
        return new TargetFrame.Verified(
                frame.round(),
                frame.position(),
                frame.branch(),
                accepted,
                committed,
                pieces,
                ended,
                PASS_NANOS / 1_000,
                load(frame),
                null,
                frame.onward() > 0 && !ended);
    }

    /** Crowds that come and go, or nothing said: by the round, so that the schedules are as they were. */
    private static @Nullable PassLoad load(TargetFrame.Verify frame) {
        long round = frame.round().number();
        int sessions = (int) (round / 7 % 5) + 1;
        int rows = sessions + frame.drafts().size();
        return round % 3 == 0
                ? null
                : new PassLoad(
                        rows,
                        sessions,
                        round % 4 * PASS_NANOS / 2_000,
                        round % 2 * 300,
                        frame.drafts().size());
    }

    /** An event that carries the time at which it happens. */
    private interface EventSource {
        Event now();
    }
}
