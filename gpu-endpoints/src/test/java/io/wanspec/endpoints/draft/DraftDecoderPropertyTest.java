package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.twin.HashModel;
import io.wanspec.testing.SeededTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A draft under any sequence of frames: what it says of a prefix is what the model says of it from scratch. It can only be
 * right if worker and cache keep in step.
 */
class DraftDecoderPropertyTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.8, 0, 1, 7);
    private static final SamplingOptions RULED = new SamplingOptions(
            0.8,
            0,
            1,
            7,
            new SamplingRules(
                    5,
                    0.7,
                    -0.4,
                    1.2,
                    new TokenBiases(Tokens.of(3, 11), List.of(2.5, -100.0)),
                    0.02,
                    40,
                    true,
                    Tokens.of(9),
                    false));
    private static final SamplingOptions ON_GRAMMAR = new SamplingOptions(
            0.8,
            0,
            1,
            7,
            SamplingRules.none(1)
                    .on(Grammar.of(
                            "root ::= ([B-M] [N-h] (\"aFXYZU\" | [B-D]{1,3} root? \"E\" | \"G\"))* (\"QR\" [S-V])?")));

    private static final int CONTEXT = 300;

    private final HashModel plain = HashModel.draft(CONTEXT);
    private final HashModel copying = HashModel.copying(CONTEXT);

    @SeededTest(tries = 300)
    void everyOutlookIsTheModelsOwn(Random random) {
        Run run = new Run(random.nextBoolean() ? copying : plain, random);
        for (int i = 0; i < 150; i++) {
            run.step();
        }
        run.drafting.release();
    }

    /** A controller that commits and asks for what it likes. */
    private static final class Run {
        private final HashModel model;
        private final Random random;
        private final Map<Branch, Tokens> known = new HashMap<>();
        private final Outbox outbox = new Outbox();
        private final DraftDecoder drafting;
        private final SamplingOptions options;
        private Tokens committed;

        Run(HashModel model, Random random) {
            this.model = model;
            this.random = random;
            int prompt = random.nextInt(5) == 0 ? 200 : 12;
            committed = Tokens.of(random.ints(1 + random.nextInt(prompt), 1, 40).toArray());
            options = options(random, committed.size());
            drafting = new DraftDecoder(
                    new Engine(model, new SequencePool(model, 1 << 20, 1), MinimumPassTime.none()),
                    new DraftFrame.Open(
                            ProtocolVersion.CURRENT,
                            new SessionId("s"),
                            HashModel.target(CONTEXT).identity(),
                            options,
                            committed,
                            plan()));
            learn(committed);
        }

        private static SamplingOptions options(Random random, int prompt) {
            return switch (random.nextInt(4)) {
                case 0 -> OPTIONS;
                case 1 -> RULED;
                default ->
                    new SamplingOptions(
                            0.8,
                            0,
                            1,
                            7,
                            Objects.requireNonNull(ON_GRAMMAR.rules()).behind(prompt));
            };
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> advance();
                case 2 -> expand();
                default -> {
                    SequencePass pass = drafting.next();
                    if (pass != null) {
                        drafting.computed(pass.run(), 1_000, outbox);
                    }
                    read();
                }
            }
        }

        private DraftPlan plan() {
            int shares = 1 + random.nextInt(3);
            return new DraftPlan(
                    committed.size() + random.nextInt(9) * random.nextInt(2),
                    1 + random.nextInt(8),
                    1 + random.nextInt(4),
                    random.nextInt(8_000),
                    random.nextInt(shares),
                    shares);
        }

        private void advance() {
            Tokens before = committed;
            int from = before.size() - random.nextInt(Math.min(3, before.size()));
            // Now and then far more than a pass may catch up with.
            int most = random.nextInt(25) == 0 ? 90 : 4;
            committed = before.plus(continuation(before, random.nextInt(most)));
            learn(committed);
            assertThat(drafting.advance(new DraftFrame.Advance(
                            from, Branch.of(before.slice(0, from)), committed.from(from), plan())))
                    .isNull();
        }

        private void expand() {
            Tokens drafts = continuation(committed, random.nextInt(5));
            TokenTree tree = TokenTree.chain(drafts);
            if (!drafts.isEmpty() && random.nextBoolean()) {
                tree = new TokenTree(drafts.plus((drafts.get(0) + 1) % 40), parents(drafts.size()));
            }
            for (int i = 1; i <= drafts.size(); i++) {
                learn(committed.plus(drafts.slice(0, i)));
            }
            if (tree.size() > drafts.size()) {
                learn(committed.plus(tree.tokens().last()));
            }
            int wanted = random.nextInt(tree.size() + 1) - 1;
            drafting.expand(new DraftFrame.Expand(
                    committed.size(), Branch.of(committed), tree, Ints.of(wanted, tree.size() - 1)));
        }

        private static Ints parents(int chain) {
            int[] parents = new int[chain + 1];
            for (int i = 0; i < chain; i++) {
                parents[i] = i - 1;
            }
            parents[chain] = TokenTree.PREFIX;
            return Ints.of(parents);
        }

        /** What the draft would say, or something else. */
        private Tokens continuation(Tokens prefix, int size) {
            Tokens all = prefix;
            for (int i = 0; i < size; i++) {
                all = all.plus(random.nextInt(3) > 0 ? model.choose(all, options) : 1 + random.nextInt(39));
            }
            return all.from(prefix.size());
        }

        private void learn(Tokens prefix) {
            known.put(Branch.of(prefix), prefix);
        }

        private void read() {
            DraftFrame.Drafted frame = outbox.poll();
            int at = 0;
            for (int i = 0; frame != null && i < frame.size(); i++) {
                Tokens prefix = Objects.requireNonNull(
                        known.get(frame.branches().get(i)), "a frame continues a prefix that exists");
                assertThat(frame.positions().get(i)).isEqualTo(prefix.size());
                int count = frame.counts().get(i);
                assertThat(frame.candidates().slice(at, at + count))
                        .isEqualTo(model.candidates(prefix, options, count).tokens());
                for (int rank = 0; rank < count; rank++) {
                    learn(prefix.plus(frame.candidates().get(at++)));
                }
            }
        }
    }
}
