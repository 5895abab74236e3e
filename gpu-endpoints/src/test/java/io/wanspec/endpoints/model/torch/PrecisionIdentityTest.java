package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same file in another precision is another model: a session that began with one does not go on with the other. */
class PrecisionIdentityTest {
    @TempDir
    Path folder;

    @Test
    void eachPrecisionIsAModelOfItsOwnWithTheSameTokens() throws IOException {
        Path file = TinyModel.writeTarget(folder, 3);
        Map<Precision, ModelIdentity> identities = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            identities.put(precision, identity(file, precision));
        }
        assertThat(identities.values()).extracting(ModelIdentity::weights).doesNotHaveDuplicates();
        assertThat(identities.values())
                .extracting(ModelIdentity::tokenizer)
                .containsOnly(identity(file, Precision.ROTATED).tokenizer());
        assertThat(identity(file, Precision.ROTATED)).isEqualTo(identities.get(Precision.ROTATED));
    }

    private static ModelIdentity identity(Path file, Precision precision) {
        try (LanguageModel model = ModelLoader.load("m", file, null, EngineSettings.cpu(precision))) {
            return model.identity();
        }
    }
}
