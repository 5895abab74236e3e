package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Branches.Node;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A tree that lives from pass to pass computes what decoding each node's path would, up to rounding. In single precision that
 * is an error of sums. int8 rounds activations to steps of 1/127 of a row's largest, and an error of sums can push one over
 * the edge: there a logit may be off by more, but the best token seldom changes.
 */
class BranchesTest {
    private static final double FLOAT_ERROR_MAX = 1e-5;
    private static final double INT8_ERROR_MAX = 0.05;
    private static final double INT8_SAME_BEST_MIN = 0.99;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nodesComputeWhatTheirPathsDo(Precision precision) throws IOException {
        Agreement agreement = new Agreement();
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", TinyModel.writeTarget(folder, 3), null, settings)) {
            for (int seed = 0; seed < 4; seed++) {
                try (OneByOne twin = new OneByOne(model);
                        Sequence sequence = model.open()) {
                    new Walk(sequence, twin, agreement, seed).run();
                }
            }
        }
        assertThat(agreement.rows).isGreaterThan(1_000);
        if (precision == Precision.INT8 || precision == Precision.ROTATED) {
            assertThat(agreement.worst).isLessThan(INT8_ERROR_MAX);
            assertThat((double) agreement.sameBest / agreement.rows).isGreaterThan(INT8_SAME_BEST_MIN);
        } else {
            assertThat(agreement.worst).isLessThan(FLOAT_ERROR_MAX);
        }
    }

    /** How far rows are from the twin's, relative to the largest logit. */
    private static final class Agreement {
        private int rows;
        private int sameBest;
        private double worst;

        private void add(float[] row, float[] expected) {
            double largest = 0;
            double error = 0;
            for (int i = 0; i < row.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                error = Math.max(error, Math.abs(row[i] - expected[i]));
            }
            rows++;
            sameBest += best(row) == best(expected) ? 1 : 0;
            worst = Math.max(worst, error / largest);
        }

        private static int best(float[] row) {
            return IntStream.range(0, row.length)
                    .reduce((a, b) -> row[b] > row[a] ? b : a)
                    .orElseThrow();
        }
    }

    /** One draft's life, drawn from a seed; {@link #nodes} is what the tree must hold. */
    private static final class Walk {
        private final Sequence sequence;
        private final OneByOne twin;
        private final Agreement agreement;
        private final Random random;
        private final Map<Branch, Tokens> nodes = new LinkedHashMap<>();
        private Tokens trunk = Tokens.none();
        private Branches tree;

        private Walk(Sequence sequence, OneByOne twin, Agreement agreement, int seed) {
            this.sequence = sequence;
            this.twin = twin;
            this.agreement = agreement;
            random = new Random(seed);
            tree = sequence.branches(Branch.ROOT);
        }

        private void run() {
            for (int step = 0; step < 120 && trunk.size() < 400; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> append();
                    case 1 -> truncate();
                    case 2, 3 -> commit();
                    case 4 -> forget();
                    default -> grow(1 + random.nextInt(8));
                }
                assertThat(tree.trunk()).isEqualTo(Branch.of(trunk));
                assertThat(tree.size()).isEqualTo(nodes.size());
                assertThat(nodes.keySet()).allMatch(tree::holds);
                assertThat(sequence.length()).isEqualTo(trunk.size());
            }
        }

        private void grow(int count) {
            List<Node> more = new ArrayList<>();
            List<Tokens> paths = new ArrayList<>();
            while (more.size() < count) {
                Tokens before = any();
                int token = random.nextInt(250);
                Tokens path = before.plus(token);
                if (nodes.putIfAbsent(Branch.of(path), path) == null) {
                    more.add(new Node(Branch.of(before), token));
                    paths.add(path);
                }
            }
            check(tree.grow(more), paths);
        }

        private void check(Pass pass, List<Tokens> paths) {
            assertThat(pass.rows()).isEqualTo(paths.size());
            List<float[]> rows = OneByOne.rows(pass);
            for (int i = 0; i < paths.size(); i++) {
                agreement.add(rows.get(i), twin.logits(paths.get(i)));
            }
        }

        /** The trunk or one of the nodes, young ones more often, so that the tree becomes deep. */
        private Tokens any() {
            List<Tokens> all = List.copyOf(nodes.values());
            int back = Math.min(random.nextInt(8), random.nextInt(all.size() + 1));
            return all.isEmpty() || random.nextInt(12) == 0 ? trunk : all.get(Math.max(0, all.size() - 1 - back));
        }

        private void commit() {
            trunk = any();
            tree.commit(Branch.of(trunk));
            nodes.values().removeIf(path -> path.size() <= trunk.size() || path.commonPrefix(trunk) < trunk.size());
        }

        private void forget() {
            Tokens top = any();
            tree.forget(Branch.of(top));
            nodes.values().removeIf(path -> path.commonPrefix(top) == top.size());
        }

        private void append() {
            Tokens more = Tokens.of(random.ints(1 + random.nextInt(20), 0, 250).toArray());
            Pass pass = sequence.append(more, 1);
            trunk = trunk.plus(more);
            check(pass, List.of(trunk));
            begin();
        }

        private void truncate() {
            trunk = trunk.slice(0, Math.max(0, trunk.size() - random.nextInt(6)));
            sequence.truncate(trunk.size());
            begin();
        }

        private void begin() {
            nodes.clear();
            tree = sequence.branches(Branch.of(trunk));
        }
    }

    @Test
    void aRefusedPassChangesNothing() throws IOException {
        Path tiny = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", tiny, null, EngineSettings.cpuInt8());
                Sequence sequence = model.open()) {
            Branch root = Branch.ROOT;
            Branches tree = sequence.branches(root);
            tree.grow(List.of(new Node(root, 1)));
            for (List<Node> refused : List.of(
                    List.<Node>of(),
                    List.of(new Node(root, 2), new Node(root.then(9), 3)),
                    List.of(new Node(root, 2), new Node(root, 1)),
                    List.of(new Node(root, 2), new Node(root, 2)))) {
                assertThatThrownBy(() -> tree.grow(refused)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(tree.size()).isEqualTo(1);
            assertThat(tree.holds(root.then(2))).isFalse();
            assertThatThrownBy(() -> tree.commit(root.then(2))).isInstanceOf(IllegalArgumentException.class);
            tree.grow(List.of(new Node(root, 2), new Node(root.then(2), 3)));
            assertThat(tree.size()).isEqualTo(3);
        }
    }

    @Test
    void theTreeAndTheContextAreBounded() throws IOException {
        Path tiny = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", tiny, null, EngineSettings.cpuInt8());
                Sequence sequence = model.open()) {
            int context = model.identity().contextTokens();
            Tokens prefix = Tokens.of(new Random(1).ints(context - 2, 0, 200).toArray());
            sequence.append(prefix, 0);
            Branch trunk = Branch.of(prefix);
            Branches tree = sequence.branches(trunk);
            for (int from = 0; from < Branches.NODES_MAX / 4; from += 32) {
                tree.grow(twoDeep(trunk, from));
            }
            assertThat(tree.size()).isEqualTo(Branches.NODES_MAX);
            assertThatThrownBy(() -> tree.grow(List.of(new Node(trunk, 5_000))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(Branches.NODES_MAX));
            tree.forget(trunk.then(0));
            assertThatThrownBy(() -> tree.grow(List.of(new Node(trunk.then(1).then(7), 1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("context");
            tree.commit(trunk.then(1).then(7));
            assertThat(sequence.length()).isEqualTo(context);
        }
    }

    /** 32 children of the trunk, each with three of its own: tokens 7 to 9. */
    private static List<Node> twoDeep(Branch trunk, int from) {
        List<Node> nodes = new ArrayList<>();
        for (int token = from; token < from + 32; token++) {
            nodes.add(new Node(trunk, token));
            for (int below = 7; below < 10; below++) {
                nodes.add(new Node(trunk.then(token), below));
            }
        }
        return nodes;
    }

    @Test
    void aChangeOfTheSequenceEndsItsTree() throws IOException {
        Path tiny = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", tiny, null, EngineSettings.cpuInt8());
                Sequence sequence = model.open()) {
            Branches tree = sequence.branches(Branch.ROOT);
            tree.grow(List.of(new Node(Branch.ROOT, 1)));
            sequence.append(Tokens.of(4), 0);
            assertThatThrownBy(() -> tree.grow(List.of(new Node(Branch.ROOT, 2))))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tree.commit(Branch.ROOT.then(1))).isInstanceOf(IllegalStateException.class);
            assertThat(sequence.length()).isEqualTo(1);
        }
    }
}
