package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.testing.SeededTest;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A worker under any sequence of frames, its every step checked by a {@link CacheTwin}. */
class DraftWorkerPropertyTest {
    private static final DraftText TEXT = new DraftText(12);
    private static final DraftText FORCING = new DraftText(TEXT.vocabulary(), true);

    /** Tokens without a choice, between two that are looked at. */
    private static final int GIVEN_MAX = 17;

    private static final int STEPS = 150;

    @SeededTest(tries = 1_000)
    void everyPassIsOneThatTheCacheCanCarryOut(Random random) {
        Run run = new Run(random);
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
    }

    /** Frames at random; some while a pass is under way. */
    private static final class Run {
        private final Random random;
        private final DraftText text;
        private final RandomFrames frames;
        private final Host host;
        private DraftStep.@Nullable Grow running;
        private DraftFrame.@Nullable Expand wish;

        Run(Random random) {
            this.random = random;
            text = random.nextBoolean() ? TEXT : FORCING;
            frames = new RandomFrames(text, random);
            int cached = random.nextInt(frames.committed().size() + 1);
            host = new Host(text, frames.committed(), frames.plan(), cached);
        }

        void step() {
            switch (random.nextInt(7)) {
                case 0 -> assertThat(host.worker.advance(frames.advance())).isNull();
                case 1 -> late();
                case 2 -> expand();
                default -> pass();
            }
        }

        private void late() {
            if (frames.hasSent() && wish == null) {
                for (DraftFrame.Advance stale : frames.stale()) {
                    assertThat(host.worker.advance(stale)).isNull();
                }
            }
        }

        private void expand() {
            if (running == null) {
                wish = frames.expand();
                host.worker.expand(wish);
            }
        }

        private void pass() {
            DraftStep.Grow grow = running;
            if (grow != null) {
                running = null;
                finish(grow);
                return;
            }
            DraftStep step = host.begin();
            if (step instanceof DraftStep.Grow begun) {
                running = begun;
                checkBounds(begun);
            }
            if (!(step instanceof DraftStep.Fill)) {
                wish = null;
            }
        }

        /** Without a wish, the plan alone decides. */
        private void checkBounds(DraftStep.Grow grow) {
            int root = frames.committed().size() - 1;
            int[] positions = grow.nodes().positions();
            assertThat(IntStream.of(positions).max().orElseThrow() + 1)
                    .as("positions of guesses")
                    .isLessThan(Host.CONTEXT_TOKENS);
            if (wish == null) {
                assertThat(IntStream.of(positions).max().orElseThrow() + 1)
                        .isLessThan(frames.plan().draftUpTo());
                long guesses = IntStream.of(positions).filter(p -> p >= root).count();
                // What is given without a pass goes along with what follows it.
                int given = text.forcing() ? GIVEN_MAX : 0;
                assertThat(guesses).isBetween(1L, (long) frames.plan().passNodes() + given);
            } else if (isCurrent(wish)) {
                checkGranted(wish, grow);
            }
        }

        private boolean isCurrent(DraftFrame.Expand frame) {
            return frame.position() == frames.committed().size();
        }

        /** Every wanted node is in the cache when the pass ends; if none was new, the pass follows the plan. */
        private void checkGranted(DraftFrame.Expand frame, DraftStep.Grow grow) {
            for (int wanted : frame.wanted().toArray()) {
                Branch branch = frame.branch().then(path(frame.drafts(), wanted));
                int position = frame.position() + path(frame.drafts(), wanted).size();
                if (position < Host.CONTEXT_TOKENS) {
                    boolean held = host.cache.holds(branch.digest()) || isTrunk(branch);
                    assertThat(held).as("a wanted node is forwarded").isTrue();
                }
            }
            assertThat(grow.nodes().size()).isPositive();
        }

        private boolean isTrunk(Branch branch) {
            return Branch.of(host.cache.trunk()).equals(branch);
        }

        private static Tokens path(TokenTree tree, int node) {
            return node == TokenTree.PREFIX
                    ? Tokens.none()
                    : path(tree, tree.parents().get(node)).plus(tree.tokens().get(node));
        }

        private void finish(DraftStep.Grow grow) {
            DraftFrame.Drafted frame = host.finish(grow);
            if (frame == null) {
                return;
            }
            Set<Long> forwarded = new HashSet<>();
            for (long branch : grow.nodes().branches()) {
                forwarded.add(branch);
            }
            int at = 0;
            for (int i = 0; i < frame.size(); i++) {
                long branch = frame.branches().get(i).digest();
                Outlook outlook = text.outlook(branch, frame.counts().get(i));
                assertThat(forwarded.contains(branch) || text.forced(branch) != DraftWorker.NOT_FORCED)
                        .as("only what was forwarded, or needs no model, is told")
                        .isTrue();
                assertThat(frame.positions().get(i))
                        .isGreaterThanOrEqualTo(frames.committed().size());
                assertThat(frame.entropiesMilliNats().get(i)).isEqualTo(outlook.entropyMilliNats());
                assertThat(frame.candidates().slice(at, at + frame.counts().get(i)))
                        .isEqualTo(outlook.candidates());
                at += frame.counts().get(i);
            }
        }
    }
}
