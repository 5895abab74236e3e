package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pass over many sequences gives every row the bits that decoding token by token gives: random companies of sequences of any
 * length, with runs and trees of any shape, beside drafts' trees and parts that are refused. With
 * {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class JointExactnessTest {
    private static final int SEQUENCES = 7;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void companyDoesNotChangeABit(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, 80, 1);
        String real = System.getProperty("wanspec.model");
        if (real != null) {
            check(Path.of(real), precision, 80, 1);
        }
    }

    private static void check(Path path, Precision precision, int length, int trials) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", path, null, settings)) {
            for (int seed = 0; seed < trials; seed++) {
                try (Company company = new Company(model, seed)) {
                    company.run(length);
                }
            }
        }
    }

    /** Sequences that walk together. */
    private static final class Company implements AutoCloseable {
        private final LanguageModel model;
        private final Random random;
        private final List<Sequence> sequences = new ArrayList<>();
        private final List<OneByOne> twins = new ArrayList<>();
        private final List<SequenceWalk> walks = new ArrayList<>();

        /** A draft's tree, whose bits are nobody's business. */
        private final Branches tree;

        private final Sequence hopeless;
        private Branch leaf = Branch.ROOT;

        Company(LanguageModel model, int seed) {
            this.model = model;
            random = new Random(seed);
            for (int i = 0; i < SEQUENCES; i++) {
                sequences.add(model.open());
                twins.add(new OneByOne(model));
                walks.add(new SequenceWalk(
                        sequences.getLast(), twins.getLast(), model.identity().vocabulary(), seed * SEQUENCES + i));
            }
            sequences.add(model.open());
            tree = sequences.getLast().branches(Branch.ROOT);
            hopeless = model.open();
            sequences.add(hopeless);
        }

        void run(int length) {
            while (walks.stream().anyMatch(walk -> walk.length() < length)) {
                List<SequenceWalk> some = new ArrayList<>(walks);
                Collections.shuffle(some, random);
                some = some.subList(0, 1 + random.nextInt(SEQUENCES));
                some.removeIf(walk -> walk.length() > 2 * length);
                pass(some);
            }
        }

        private void pass(List<SequenceWalk> some) {
            List<SequencePass> parts =
                    new ArrayList<>(some.stream().map(SequenceWalk::next).toList());
            int growth = random.nextInt(parts.size() + 1);
            parts.add(growth, grow());
            int refused = random.nextInt(parts.size() + 1);
            parts.add(refused, refused());
            List<PassResult> results = new ArrayList<>(model.run(parts));
            assertThat(results.remove(refused)).isInstanceOf(PassResult.Failed.class);
            parts.remove(refused);
            assertThat(results.remove(growth)).isInstanceOf(PassResult.Done.class);
            parts.remove(growth);
            List<List<float[]>> rows = results.stream()
                    .map(result -> OneByOne.rows(((PassResult.Done) result).pass()))
                    .toList();
            for (int i = 0; i < parts.size(); i++) {
                some.get(i).took(parts.get(i), rows.get(i));
            }
        }

        private SequencePass grow() {
            if (tree.size() > 60) {
                tree.forget(tree.trunk());
                leaf = tree.trunk();
            }
            Branches.Node first = new Branches.Node(leaf, random.nextInt(100));
            Branches.Node second = new Branches.Node(first.branch(), random.nextInt(100));
            leaf = second.branch();
            return new SequencePass.Growth(tree, List.of(first, second));
        }

        /** Refused at once, or by the engine in the middle of the pass. */
        private SequencePass refused() {
            Tokens tokens = random.nextInt(8) > 0
                    ? Tokens.none()
                    : Tokens.of(model.identity().vocabulary() + 1);
            return new SequencePass.Append(hopeless, tokens, tokens.size());
        }

        @Override
        public void close() {
            sequences.forEach(Sequence::close);
            twins.forEach(OneByOne::close);
        }
    }

    @Test
    void draftsInCompanyAreThoseOfOneAloneUpToRounding() throws IOException {
        EngineSettings settings = EngineSettings.cpu(Precision.FP16);
        try (LanguageModel model = ModelLoader.load("m", TinyModel.writeDraft(folder, 3, 0.1), null, settings)) {
            Random random = new Random(1);
            List<Sequence> sequences = new ArrayList<>();
            List<SequencePass> parts = new ArrayList<>();
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Tokens prompt = Tokens.of(random.ints(1 + 9 * i, 0, 200).toArray());
                Branch trunk = Branch.of(prompt);
                List<Branches.Node> nodes = List.of(
                        new Branches.Node(trunk, i), new Branches.Node(trunk, 9), new Branches.Node(trunk.then(i), 7));
                Sequence sequence = model.open();
                sequence.append(prompt, 0);
                alone.addAll(OneByOne.rows(sequence.branches(trunk).grow(nodes)));
                parts.add(new SequencePass.Growth(sequence.branches(trunk), nodes));
                sequences.add(sequence);
            }
            List<float[]> together = model.run(parts).stream()
                    .flatMap(result -> OneByOne.rows(((PassResult.Done) result).pass()).stream())
                    .toList();
            for (int row = 0; row < alone.size(); row++) {
                for (int i = 0; i < alone.get(row).length; i++) {
                    assertThat(together.get(row)[i]).isCloseTo(alone.get(row)[i], within(1e-3f));
                }
            }
            sequences.forEach(Sequence::close);
        }
    }
}
