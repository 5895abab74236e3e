package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same file in another precision is another model: a session that began with one does not go on with the other. */
class PrecisionIdentityTest {
    @TempDir
    Path folder;

    @Test
    void eachPrecisionIsAModelOfItsOwnWithTheSameTokens() throws IOException {
        Path file = TinyModel.writeTarget(folder, 3);
        List<ModelIdentity> identities = Arrays.stream(Precision.values())
                .map(precision -> identity(file, precision))
                .toList();
        assertThat(identities).extracting(ModelIdentity::weights).doesNotHaveDuplicates();
        assertThat(identities)
                .extracting(ModelIdentity::tokenizer)
                .containsOnly(identities.getFirst().tokenizer());
        assertThat(identity(file, Precision.ROTATED)).isEqualTo(identities.get(Precision.ROTATED.ordinal()));
    }

    private static ModelIdentity identity(Path file, Precision precision) {
        try (LanguageModel model = ModelLoader.load("m", file, null, EngineSettings.cpu(precision))) {
            return model.identity();
        }
    }
}
