package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.twin.HashModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** A worker under any sequence of advances: every guess is the draft model's own for the prefix that it names. */
class DraftWorkerPropertyTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.8, 0, 1, 7);

    private final HashModel model = HashModel.draft(100);

    @Property(tries = 400)
    void everyGuessIsTheModelsOwn(@ForAll long seed) {
        Run run = new Run(new Random(seed));
        for (int i = 0; i < 120; i++) {
            run.step();
        }
        run.close();
    }

    /** A controller that commits what it likes, and a model whose cache is checked by its own tokens. */
    private final class Run {
        private final Random random;
        private final Sequence cache = model.open();
        private final Map<Branch, Tokens> known = new HashMap<>();
        private final DraftWorker worker;
        private Tokens committed;
        private int upTo;
        private DraftStep.@Nullable Guess running;
        private int ran;
        private int reported;
        private DraftFrame.@Nullable Advance last;

        Run(Random random) {
            this.random = random;
            committed = Tokens.of(random.ints(1 + random.nextInt(12), 1, 40).toArray());
            upTo = committed.size() + random.nextInt(6);
            worker = DraftWorkerTest.worker(committed, upTo);
            learn(committed);
        }

        void step() {
            switch (random.nextInt(5)) {
                case 0 -> advance();
                case 1 -> repeat();
                default -> pass();
            }
        }

        private void learn(Tokens prefix) {
            known.put(Branch.of(prefix), prefix);
        }

        private void advance() {
            Tokens before = committed;
            int from = before.size() - random.nextInt(Math.min(3, before.size()));
            Tokens more = continuation(before, random.nextInt(3));
            committed = before.plus(more);
            Tokens path = continuation(committed, random.nextInt(3) * random.nextInt(2));
            upTo = committed.size() + random.nextInt(8);
            last = new DraftFrame.Advance(from, Branch.of(before.slice(0, from)), committed.from(from), path, upTo);
            for (int i = 1; i <= path.size(); i++) {
                learn(committed.plus(path.slice(0, i)));
            }
            learn(committed);
            assertThat(worker.advance(last)).isNull();
        }

        /** What the draft would say, or something else. */
        private Tokens continuation(Tokens prefix, int size) {
            Tokens all = prefix;
            for (int i = 0; i < size; i++) {
                all = all.plus(random.nextInt(3) > 0 ? model.choose(all, OPTIONS) : 1 + random.nextInt(39));
            }
            return all.from(prefix.size());
        }

        private void repeat() {
            if (last != null) {
                assertThat(worker.advance(last)).isNull();
            }
        }

        private void pass() {
            DraftStep.Guess guess = running;
            if (guess != null) {
                finish(guess);
                return;
            }
            switch (worker.next()) {
                case DraftStep.Rest rest -> {}
                case DraftStep.Fill fill -> {
                    cache.truncate(fill.keep());
                    cache.append(fill.tokens(), 0);
                    worker.filled(fill, 1);
                }
                case DraftStep.Guess begun -> {
                    assertThat(begun.position()).isLessThan(Math.min(upTo, 100));
                    running = begun;
                }
            }
        }

        private void finish(DraftStep.Guess guess) {
            running = null;
            cache.truncate(guess.keep());
            Tokens prefix = Objects.requireNonNull(known.get(guess.branch()), "a guess names a prefix that exists");
            int rightToken = model.choose(prefix, OPTIONS);
            assertThat(guess.keep() + guess.tokens().size()).isEqualTo(prefix.size());
            int token = chosenWith(guess, prefix);
            assertThat(token).isEqualTo(rightToken);
            ran++;
            DraftFrame.Drafted frame = worker.guessed(guess, token, 0, 1_000);
            if (frame != null) {
                reported += frame.passes();
                assertThat(reported).isEqualTo(ran);
                assertThat(frame.position()).isEqualTo(prefix.size()).isLessThan(upTo);
                assertThat(frame.branch()).isEqualTo(Branch.of(prefix));
                learn(prefix.plus(frame.tokens()));
            }
        }

        /** The choice from the cache's own logits: right only if the worker kept the cache in step. */
        private int chosenWith(DraftStep.Guess guess, Tokens prefix) {
            float[] logits = cache.append(guess.tokens(), 1).logits();
            return new CoupledSampler().sample(logits, 0, HashModel.VOCABULARY, OPTIONS, prefix.size());
        }

        void close() {
            cache.close();
        }
    }
}
