package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * One sequence's life: passes, trees, what is kept and what is rolled back, all drawn from a seed. Every row of a pass is
 * compared with decoding its path token by token.
 */
final class SequenceWalk {
    /** One tree of so many is not kept. */
    private static final int REJECTED = 4;

    private final Sequence sequence;
    private final OneByOne twin;
    private final int vocabulary;
    private final int seed;
    private final Random random;
    private Tokens tokens = Tokens.none();

    SequenceWalk(Sequence sequence, OneByOne twin, int vocabulary, int seed) {
        this.sequence = sequence;
        this.twin = twin;
        this.vocabulary = vocabulary;
        this.seed = seed;
        random = new Random(seed);
    }

    /** Passes alone, until the sequence is so long. */
    void run(int length) {
        while (tokens.size() < length) {
            SequencePass part = next();
            took(part, OneByOne.rows(part.run()));
        }
    }

    int length() {
        return tokens.size();
    }

    /** What is to be computed next; to be followed by {@link #took}. */
    SequencePass next() {
        if (random.nextInt(5) == 0) {
            tokens = tokens.slice(0, Math.max(0, tokens.size() - random.nextInt(4)));
            sequence.truncate(tokens.size());
        }
        if (random.nextInt(5) == 0) {
            int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 12);
            return new SequencePass.Append(sequence, draw(count), random.nextInt(count + 1));
        }
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 16);
        return new SequencePass.Tree(sequence, draw(count), shape(count));
    }

    /** @param rows copies of the pass's logits: the twin's own passes overwrite them */
    void took(SequencePass part, List<float[]> rows) {
        switch (part) {
            case SequencePass.Append append -> appended(append, rows);
            case SequencePass.Tree tree -> grown(tree, rows);
            case SequencePass.Growth growth -> throw new IllegalArgumentException("of another kind");
        }
        assertThat(sequence.length()).isEqualTo(tokens.size());
    }

    private void appended(SequencePass.Append append, List<float[]> rows) {
        tokens = tokens.plus(append.tokens());
        assertThat(rows).hasSize(append.logitRows());
        for (int row = 0; row < rows.size(); row++) {
            check(rows.get(row), tokens.slice(0, tokens.size() - rows.size() + row + 1), "appended");
        }
    }

    private void grown(SequencePass.Tree tree, List<float[]> rows) {
        int[] parents = tree.parents();
        List<Tokens> paths = new ArrayList<>();
        assertThat(rows).hasSize(parents.length);
        for (int node = 0; node < parents.length; node++) {
            Tokens before = parents[node] < 0 ? tokens : paths.get(parents[node]);
            paths.add(before.plus(tree.tokens().get(node)));
            check(rows.get(node), paths.get(node), "node " + node + " of " + Arrays.toString(parents));
        }
        if (random.nextInt(REJECTED) > 0) {
            int end = random.nextInt(parents.length);
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

    private static int[] pathTo(int end, int[] parents) {
        List<Integer> path = new ArrayList<>();
        for (int node = end; node >= 0; node = parents[node]) {
            path.add(node);
        }
        Collections.reverse(path);
        return path.stream().mapToInt(node -> node).toArray();
    }
}
