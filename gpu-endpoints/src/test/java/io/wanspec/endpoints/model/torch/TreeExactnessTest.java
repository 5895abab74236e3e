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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every node of a tree pass has the bits that decoding its path token by token gives, whatever the tree's shape, what is kept
 * of it, and what follows. With {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class TreeExactnessTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nodesHaveTheBitsOfTheirPaths(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, 150, 3);
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
                    new SequenceWalk(sequence, twin, model.identity().vocabulary(), seed).run(length);
                }
            }
        }
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
