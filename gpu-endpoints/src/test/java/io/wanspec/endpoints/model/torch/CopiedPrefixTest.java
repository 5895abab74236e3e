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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sequences that copied each other's beginnings go on with the bits of one that was computed alone. */
class CopiedPrefixTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aCopyIsAsGoodAsAComputation(Precision precision) throws IOException {
        EngineSettings settings = EngineSettings.cpu(precision);
        try (LanguageModel model = ModelLoader.load("m", TinyModel.writeTarget(folder, 3), null, settings)) {
            Random random = new Random(7);
            Tokens common = draw(random, 300);
            try (OneByOne twin = new OneByOne(model)) {
                for (int i = 0; i < 4; i++) {
                    check(model, common, twin, random);
                }
            }
        }
    }

    private static void check(LanguageModel model, Tokens common, OneByOne twin, Random random) {
        int shared = 1 + random.nextInt(common.size());
        int own = random.nextInt(shared);
        Tokens tail = draw(random, 3);
        Tokens other = draw(random, 3);
        try (Sequence source = model.open();
                Sequence copy = model.open()) {
            source.append(common, 0);
            if (own > 0) {
                copy.append(common.slice(0, own), 0);
            }
            copy.copyFrom(source, shared);
            assertThat(copy.length()).isEqualTo(shared);
            List<float[]> copied = OneByOne.rows(copy.append(tail, 3));
            List<float[]> went = OneByOne.rows(source.append(other, 3));
            for (int row = 0; row < 3; row++) {
                assertThat(bits(copied.get(row)))
                        .isEqualTo(bits(twin.logits(common.slice(0, shared).plus(tail.slice(0, row + 1)))));
                assertThat(bits(went.get(row))).isEqualTo(bits(twin.logits(common.plus(other.slice(0, row + 1)))));
            }
            assertThatThrownBy(() -> copy.copyFrom(source, shared)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Tokens draw(Random random, int count) {
        return Tokens.of(random.ints(count, 0, 250).toArray());
    }

    private static int[] bits(float[] logits) {
        int[] bits = new int[logits.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(logits[i]));
        return bits;
    }
}
