package io.wanspec.endpoints.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FidelityTest {
    private static final String TEXT = "To be, or not to be, that is the question:\n".repeat(15);

    @TempDir
    Path folder;

    @Test
    void singlePrecisionKeepsAll() throws IOException {
        try (LanguageModel one = model(Precision.FP32, 0);
                LanguageModel other = model(Precision.FP32, 0)) {
            List<FidelityLine.Judged> judged = judged(one, other, TEXT);
            assertThat(judged).extracting(FidelityLine.Judged::positions).containsExactly(255, 66);
            assertThat(judged).allSatisfy(each -> {
                assertThat(each.divergence()).isZero();
                assertThat(each.sameTop()).isEqualTo(each.positions());
                assertThat(each.surprisal()).isEqualTo(each.surprisalFp32()).isPositive();
            });
        }
    }

    @Test
    void halfPrecisionKeepsMoreThanBytes() throws IOException {
        try (LanguageModel exact = model(Precision.FP32, 0);
                LanguageModel half = model(Precision.FP16, 0);
                LanguageModel bytes = model(Precision.INT8, 0)) {
            double lostByHalf = judged(half, exact, TEXT).getFirst().divergence();
            double lostByBytes = judged(bytes, exact, TEXT).getFirst().divergence();
            assertThat(lostByHalf).isPositive().isLessThan(lostByBytes / 100);
        }
    }

    @Test
    void rotatedBytesKeepMoreThanBytes() throws IOException {
        try (LanguageModel exact = model(Precision.FP32, 0);
                LanguageModel rotated = model(Precision.ROTATED, 0);
                LanguageModel bytes = model(Precision.INT8, 0)) {
            double lostByRotated = judged(rotated, exact, TEXT).getFirst().divergence();
            double lostByBytes = judged(bytes, exact, TEXT).getFirst().divergence();
            assertThat(lostByRotated).isPositive().isLessThan(lostByBytes);
        }
    }

    /** Sums of windows are those of distributions computed one by one, in the plainest way. */
    @Test
    void sumsAreThoseOfEachPosition() throws IOException {
        try (LanguageModel served = model(Precision.INT8, 0.1);
                LanguageModel exact = model(Precision.FP32, 0)) {
            String text = TEXT.substring(0, 300);
            FidelityLine.Judged judged = judged(served, exact, text).getFirst();
            Tokens tokens = served.text().encode(text);
            List<double[]> p = probabilities(exact, tokens);
            List<double[]> q = probabilities(served, tokens);
            double divergence = 0;
            double surprisal = 0;
            double surprisalFp32 = 0;
            int same = 0;
            for (int at = tokens.size() / 2; at < tokens.size() - 1; at++) {
                for (int token = 0; token < p.get(at).length; token++) {
                    divergence += p.get(at)[token] * Math.log(p.get(at)[token] / q.get(at)[token]);
                }
                surprisal -= Math.log(q.get(at)[tokens.get(at + 1)]);
                surprisalFp32 -= Math.log(p.get(at)[tokens.get(at + 1)]);
                same += top(p.get(at)) == top(q.get(at)) ? 1 : 0;
            }
            assertThat(judged.positions()).isEqualTo(tokens.size() - 1 - tokens.size() / 2);
            assertThat(judged.divergence()).isCloseTo(divergence, within(1e-6)).isPositive();
            assertThat(judged.surprisal()).isCloseTo(surprisal, within(1e-6));
            assertThat(judged.surprisalFp32()).isCloseTo(surprisalFp32, within(1e-6));
            assertThat(judged.sameTop()).isEqualTo(same).isBetween(1, judged.positions() - 1);
        }
    }

    @Test
    void theShortestTextHasThreeTokens() throws IOException {
        try (LanguageModel one = model(Precision.FP32, 0);
                LanguageModel other = model(Precision.FP32, 0)) {
            assertThat(judged(one, other, "abc"))
                    .extracting(FidelityLine.Judged::positions)
                    .containsExactly(1);
            // Two tokens behind the last whole window have none between them that could be judged.
            assertThat(judged(one, other, "a".repeat(514))).hasSize(1);
            assertThat(judged(one, other, "a".repeat(515))).hasSize(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> judged(one, other, "ab"))
                    .withMessage("--text: 2 tokens are too few to judge by; name a longer text");
        }
    }

    private static List<FidelityLine.Judged> judged(LanguageModel served, LanguageModel exact, String text) {
        List<FidelityLine> lines = new ArrayList<>();
        new Fidelity(served, exact).judge(text, lines::add);
        int tokens = served.text().encode(text).size();
        assertThat(lines.removeFirst()).isEqualTo(new FidelityLine.Begun(lines.size(), tokens));
        return lines.stream().map(FidelityLine.Judged.class::cast).toList();
    }

    private static List<double[]> probabilities(LanguageModel model, Tokens tokens) {
        List<double[]> all = new ArrayList<>();
        try (Sequence sequence = model.open()) {
            for (int i = 0; i < tokens.size(); i++) {
                Pass pass = sequence.append(Tokens.of(tokens.get(i)), 1);
                all.add(softmax(pass.row(0)));
            }
        }
        return all;
    }

    private static double[] softmax(FloatBuffer logits) {
        double[] all = new double[logits.remaining()];
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.exp(logits.get(i));
            sum += all[i];
        }
        for (int i = 0; i < all.length; i++) {
            all[i] /= sum;
        }
        return all;
    }

    private static int top(double[] row) {
        int top = 0;
        for (int i = 1; i < row.length; i++) {
            top = row[i] > row[top] ? i : top;
        }
        return top;
    }

    private LanguageModel model(Precision precision, double noise) throws IOException {
        Path files = TinyModel.writeDraft(folder.resolve("m" + noise), 7, noise);
        return ModelLoader.load("m", files, null, EngineSettings.cpu(precision));
    }
}
