package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise that everything rests on: a position's logits are the same bits however the sequence was cut into passes and
 * rolled back. With {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class ExactnessTest {
    private static final int LENGTH = 150;
    private static final int TRIALS = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void logitsDoNotDependOnThePasses(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, LENGTH, TRIALS);
        String real = System.getProperty("wanspec.model");
        if (real != null) {
            check(Path.of(real), precision, 80, 3);
        }
    }

    private static void check(Path path, Precision precision, int length, int trials) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", path, null, settings)) {
            Random random = new Random(11);
            int[] ids = random.ints(length, 0, model.identity().vocabulary()).toArray();
            int[][] expected = oneByOne(model, ids);
            for (int trial = 0; trial < trials; trial++) {
                try (Sequence sequence = model.open()) {
                    walk(sequence, ids, expected, random);
                }
            }
        }
    }

    /** The dumb twin: one token a pass, never rolled back. */
    private static int[][] oneByOne(LanguageModel model, int[] ids) {
        int[][] hashes = new int[ids.length][];
        try (Sequence sequence = model.open()) {
            for (int i = 0; i < ids.length; i++) {
                hashes[i] = row(sequence.append(Tokens.of(ids[i]), 1), 0);
            }
        }
        return hashes;
    }

    private static void walk(Sequence sequence, int[] ids, int[][] expected, Random random) {
        while (sequence.length() < ids.length) {
            int from = sequence.length();
            int most = random.nextInt(4) == 0 ? ids.length : 12;
            int take = 1 + random.nextInt(Math.min(most, ids.length - from));
            int wanted = random.nextInt(take + 1);
            Pass pass = sequence.append(Tokens.of(Arrays.copyOfRange(ids, from, from + take)), wanted);
            for (int row = 0; row < wanted; row++) {
                int position = from + take - wanted + row;
                assertThat(row(pass, row)).as("position " + position).isEqualTo(expected[position]);
            }
            if (random.nextInt(3) == 0) {
                // A rejected draft: garbage is computed behind the committed prefix, then forgotten.
                int committed = sequence.length();
                int room = Math.min(5, ids.length - committed);
                if (room > 0) {
                    sequence.append(Tokens.of(random.ints(room, 0, 200).toArray()), room);
                    sequence.truncate(committed);
                }
                sequence.truncate(committed - random.nextInt(take));
            }
        }
    }

    /** The bits of a row's logits and of its entropy. */
    private static int[] row(Pass pass, int row) {
        int[] bits = new int[pass.vocabulary() + 1];
        for (int i = 0; i < pass.vocabulary(); i++) {
            bits[i] = Float.floatToRawIntBits(pass.logits()[row * pass.vocabulary() + i]);
        }
        return bits;
    }
}
