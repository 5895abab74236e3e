package io.wanspec.endpoints.model.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyMixerTest {
    private static final int COLUMNS = 40;
    private static final int OFFSET = 3;

    /** At the draft's temperature the distribution is the mixture of all that counts; the entropy is that of the row at temperature 1. */
    @SeededTest(tries = 500)
    void mixesAsWrittenPlainly(Random random) {
        int token = Gen.between(random, 0, 3 * COLUMNS - 1);
        double share = Gen.between(random, 0.01, 0.99);
        double temperature = Gen.between(random, 0.3, 2.0);
        int[] ids = new int[COLUMNS];
        Arrays.setAll(ids, i -> 3 * i + 1);
        float[] logits = new float[OFFSET + COLUMNS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (8 * random.nextDouble());
        }
        float[] before = logits.clone();
        double[] own = softmax(logits, OFFSET, COLUMNS, temperature);
        CopyMixer mixer = new CopyMixer(new CopyShares(temperature, List.of(share)), Proposals.of(ids));

        CopyMixer.Row row = mixer.mix(
                logits, OFFSET, COLUMNS, (float) entropy(softmax(logits, OFFSET, COLUMNS, 1)), new Copy(token, 2));

        double[] mixed = softmax(row.logits(), row.offset(), row.columns(), temperature);
        double sum = 0;
        for (int column = 0; column < row.columns(); column++) {
            double kept = column < COLUMNS ? (1 - share) * own[column] : 0;
            double copied = row.proposals().token(column) == token ? share : 0;
            sum += copied;
            assertThat(mixed[column]).isCloseTo(kept + copied, within(1e-5));
        }
        assertThat(sum).isEqualTo(share);
        assertThat(row.columns()).isEqualTo(token % 3 == 1 ? COLUMNS : COLUMNS + 1);
        double expected = entropy(softmax(row.logits(), row.offset(), row.columns(), 1));
        assertThat((double) row.entropy()).isCloseTo(expected, within(1e-4));
        assertThat(logits).isEqualTo(before);
    }

    @Test
    void withoutACopyTheRowIsTheModelsOwn() {
        float[] logits = {0, 1, 2};
        CopyMixer mixer = new CopyMixer(new CopyShares(1, List.of(0.0, 0.5)), Proposals.all());
        for (Copy copy : Arrays.asList(null, new Copy(1, 1))) {
            CopyMixer.Row row = mixer.mix(logits, 0, 3, 0.7f, copy);
            assertThat(row.logits()).isSameAs(logits);
            assertThat(row.columns()).isEqualTo(3);
            assertThat(row.entropy()).isEqualTo(0.7f);
        }
        CopyMixer none = new CopyMixer(CopyShares.NONE, Proposals.all());
        assertThat(none.mix(logits, 0, 3, 0.7f, new Copy(1, 9)).logits()).isSameAs(logits);
    }

    @Test
    void sharesAreRead() throws IOException {
        CopyShares shares =
                CopyShares.read(new JsonMapper().readTree("{\"temperature\": 0.8, \"shares\": [0.1, 0.2, 0.7]}"));
        assertThat(shares.temperature()).isEqualTo(0.8);
        assertThat(shares.of(1)).isEqualTo(0.1);
        assertThat(shares.of(3)).isEqualTo(0.7);
        assertThat(shares.of(16)).isEqualTo(0.7);
        assertThat(CopyShares.read(new JsonMapper().missingNode()).isNone()).isTrue();
    }

    @Test
    void badSharesAreNamed() {
        assertRefused("{\"shares\": [0.1]}", "wanspec.copy.temperature must be above 0");
        assertRefused("{\"temperature\": \"1\", \"shares\": [0.1]}", "wanspec.copy.temperature must be above 0");
        assertRefused("{\"temperature\": 0.8}", "wanspec.copy.shares must be a list of 1 to 16 numbers");
        assertRefused(
                "{\"temperature\": 0.8, \"shares\": 0.5}", "wanspec.copy.shares must be a list of 1 to 16 numbers");
        assertRefused(
                "{\"temperature\": 0.8, \"shares\": []}", "wanspec.copy.shares must be a list of 1 to 16 numbers");
        assertRefused("{\"temperature\": 1, \"shares\": [1.0]}", "wanspec.copy.shares must be from 0 to below 1");
        assertRefused("{\"temperature\": 1, \"shares\": [\"x\"]}", "wanspec.copy.shares must be from 0 to below 1");
        String many = "0.1,".repeat(16) + "0.1";
        assertRefused(
                "{\"temperature\": 1, \"shares\": [" + many + "]}",
                "wanspec.copy.shares must be a list of 1 to 16 numbers");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> CopyShares.read(new JsonMapper().readTree(json)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(message);
    }

    private static double[] softmax(float[] logits, int offset, int columns, double temperature) {
        double[] weights = new double[columns];
        Arrays.setAll(weights, i -> Math.exp(logits[offset + i] / temperature));
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private static double entropy(double[] probabilities) {
        return Arrays.stream(probabilities)
                .filter(p -> p > 0)
                .map(p -> -p * Math.log(p))
                .sum();
    }
}
