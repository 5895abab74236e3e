package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every node of a tree pass has the bits that decoding its path token by token gives, whatever the tree's shape, what is kept
 * of it, and what follows. With {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class TreeExactnessTest {
    /** One tree of so many is not kept. */
    private static final int REJECTED = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nodesHaveTheBitsOfTheirPaths(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, 150, 10);
        String real = System.getProperty("wanspec.model");
        if (real != null) {
            check(Path.of(real), precision, 80, 2);
        }
    }

    private static void check(Path path, Precision precision, int length, int trials) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", path, null, settings)) {
            for (int seed = 0; seed < trials; seed++) {
                try (OneByOne twin = new OneByOne(model);
                        Sequence sequence = model.open()) {
                    new Walk(sequence, twin, model.identity().vocabulary(), seed).run(length);
                }
            }
        }
    }

    /** One sequence's life: passes, trees, what is kept and what is rolled back, all drawn from a seed. */
    private static final class Walk {
        private final Sequence sequence;
        private final OneByOne twin;
        private final int vocabulary;
        private final int seed;
        private final Random random;
        private Tokens tokens = Tokens.none();

        private Walk(Sequence sequence, OneByOne twin, int vocabulary, int seed) {
            this.sequence = sequence;
            this.twin = twin;
            this.vocabulary = vocabulary;
            this.seed = seed;
            random = new Random(seed);
        }

        private void run(int length) {
            while (tokens.size() < length) {
                switch (random.nextInt(6)) {
                    case 0 -> append(1 + random.nextInt(12));
                    case 1 -> truncate(random.nextInt(4));
                    default -> tree(1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 16));
                }
                assertThat(sequence.length()).isEqualTo(tokens.size());
            }
        }

        private void append(int count) {
            int from = tokens.size();
            Tokens more = draw(count);
            tokens = tokens.plus(more);
            List<float[]> rows = OneByOne.rows(sequence.append(more, count));
            for (int row = 0; row < count; row++) {
                check(rows.get(row), tokens.slice(0, from + row + 1), "appended");
            }
        }

        private void truncate(int count) {
            tokens = tokens.slice(0, Math.max(0, tokens.size() - count));
            sequence.truncate(tokens.size());
        }

        private void tree(int count) {
            int[] parents = shape(count);
            Tokens nodes = draw(count);
            List<Tokens> paths = new ArrayList<>();
            List<float[]> rows = OneByOne.rows(sequence.appendTree(nodes, parents));
            assertThat(rows).hasSize(count);
            for (int node = 0; node < count; node++) {
                Tokens before = parents[node] < 0 ? tokens : paths.get(parents[node]);
                paths.add(before.plus(nodes.get(node)));
            }
            for (int node = 0; node < count; node++) {
                check(rows.get(node), paths.get(node), "node " + node + " of " + Arrays.toString(parents));
            }
            if (random.nextInt(REJECTED) > 0) {
                int end = random.nextInt(count);
                sequence.keep(pathTo(end, parents));
                tokens = paths.get(end);
            }
        }

        /** Bushes, combs, stars, chains with twigs, and chains. */
        private int[] shape(int count) {
            int kind = random.nextInt(5);
            IntUnaryOperator parent = node -> switch (kind) {
                case 0 -> random.nextInt(node + 1) - 1;
                case 1 -> node % 2 == 0 ? node - 1 : Math.max(-1, node - 3);
                case 2 -> random.nextInt(4) > 0 ? -1 : node - 1;
                case 3 -> random.nextInt(5) > 0 ? node - 1 : random.nextInt(node + 1) - 1;
                default -> node - 1;
            };
            int[] parents = new int[count];
            Arrays.setAll(parents, parent);
            return parents;
        }

        private Tokens draw(int count) {
            return Tokens.of(random.ints(count, 0, vocabulary).toArray());
        }

        private void check(float[] row, Tokens path, String what) {
            assertThat(bits(row))
                    .as("%s, position %d, seed %d", what, path.size() - 1, seed)
                    .isEqualTo(bits(twin.logits(path)));
        }

        private static int[] bits(float[] logits) {
            int[] bits = new int[logits.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(logits[i]));
            return bits;
        }
    }

    private static int[] pathTo(int end, int[] parents) {
        List<Integer> path = new ArrayList<>();
        for (int node = end; node >= 0; node = parents[node]) {
            path.add(node);
        }
        Collections.reverse(path);
        return path.stream().mapToInt(node -> node).toArray();
    }

    @Test
    void whatIsNoTreeOrNoPathIsRefused() throws IOException {
        Path tiny = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", tiny, null, EngineSettings.cpuInt8());
                Sequence sequence = model.open()) {
            sequence.append(Tokens.of(1, 2), 0);
            Tokens three = Tokens.of(3, 4, 5);
            for (int[] parents :
                    List.of(new int[] {-1, 1, 0}, new int[] {-2, 0, 0}, new int[] {0, 0, 0}, new int[] {-1})) {
                assertThatThrownBy(() -> sequence.appendTree(three, parents))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> sequence.keep(new int[0])).isInstanceOf(IllegalStateException.class);
            sequence.appendTree(three, new int[] {-1, 0, 0});
            for (int[] path : List.of(new int[] {1}, new int[] {0, 1, 2}, new int[] {0, 3}, new int[] {0, 0})) {
                assertThatThrownBy(() -> sequence.keep(path)).isInstanceOf(IllegalArgumentException.class);
            }
            sequence.keep(new int[] {0, 2});
            assertThat(sequence.length()).isEqualTo(4);
            assertThatThrownBy(() -> sequence.keep(new int[] {0})).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aTreeStaysWithinTheContext() throws IOException {
        Path tiny = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", tiny, null, EngineSettings.cpuInt8());
                OneByOne twin = new OneByOne(model);
                Sequence sequence = model.open()) {
            int context = model.identity().contextTokens();
            Tokens prefix = Tokens.of(new Random(1).ints(context - 2, 0, 200).toArray());
            sequence.append(prefix, 0);
            assertThatThrownBy(() -> sequence.appendTree(Tokens.of(1, 2, 3), new int[] {-1, 0, 1}))
                    .isInstanceOf(IllegalArgumentException.class);
            List<float[]> rows = OneByOne.rows(sequence.appendTree(Tokens.of(1, 2, 3, 4), new int[] {-1, 0, 0, -1}));
            assertThat(rows.get(2)).isEqualTo(twin.logits(prefix.plus(Tokens.of(1, 3))));
            assertThat(rows.get(3)).isEqualTo(twin.logits(prefix.plus(4)));
        }
    }
}
