package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoupledSamplerTest {
    private final CoupledSampler sampler = new CoupledSampler();

    @SeededTest(tries = 2_000)
    void agreesWithTheDumbTwin(Random random) {
        long seed = Gen.anyLong(random);
        int vocabulary = Gen.between(random, 1, 600);
        double temperature = Gen.between(random, 0.0, 2.0);
        int topK = Gen.between(random, 0, 50);
        double topP = Gen.between(random, 0.01, 1.0);
        int position = Gen.between(random, 0, 100_000);
        float[] logits = logits(random.nextLong(), vocabulary);
        for (SamplingOptions options : new SamplingOptions[] {
            new SamplingOptions(temperature, topK, topP, seed), new SamplingOptions(temperature, 0, 1, seed)
        }) {
            assertThat(sampler.sample(logits, 0, vocabulary, options, position))
                    .isEqualTo(dumb(logits, options, position));
        }
    }

    @Test
    void frequenciesAreTheSoftmax() {
        float[] logits = {2, 1, 0, -1, -3};
        double temperature = 0.8;
        int draws = 200_000;
        int[] counts = new int[logits.length];
        for (int t = 0; t < draws; t++) {
            counts[sampler.sample(logits, 0, 5, new SamplingOptions(temperature, 0, 1, 42), t)]++;
        }
        double total = IntStream.range(0, 5)
                .mapToDouble(i -> Math.exp(logits[i] / temperature))
                .sum();
        for (int i = 0; i < 5; i++) {
            double p = Math.exp(logits[i] / temperature) / total;
            double sigma = Math.sqrt(p * (1 - p) / draws);
            assertThat((double) counts[i] / draws).isBetween(p - 5 * sigma, p + 5 * sigma);
        }
    }

    @Test
    void similarDistributionsAgreeMoreOftenThanIndependentDrawsWould() {
        Random random = new Random(1);
        int agreed = 0;
        for (int t = 0; t < 5_000; t++) {
            float[] target = logits(t, 100);
            float[] draft = target.clone();
            for (int i = 0; i < draft.length; i++) {
                draft[i] += (float) (0.3 * random.nextGaussian());
            }
            SamplingOptions options = new SamplingOptions(1, 0, 1, 7);
            agreed += sampler.sample(target, 0, 100, options, t) == sampler.sample(draft, 0, 100, options, t) ? 1 : 0;
        }
        assertThat(agreed / 5_000.0).isGreaterThan(0.75);
    }

    @Test
    void tiesGoToTheLowestId() {
        assertThat(sampler.sample(new float[] {1, 3, 3, 2}, 0, 4, SamplingOptions.greedy(), 0))
                .isEqualTo(1);
    }

    @Test
    void readsItsRowOnly() {
        float[] rows = {9, 9, 0, 1, 9};
        assertThat(sampler.sample(rows, 2, 2, SamplingOptions.greedy(), 0)).isEqualTo(1);
    }

    private static float[] logits(long seed, int vocabulary) {
        Random random = new Random(seed);
        double spread = 0.1 + 6 * random.nextDouble();
        float[] logits = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            logits[i] = (float) (spread * random.nextGaussian());
        }
        if (random.nextInt(4) == 0) {
            logits[random.nextInt(vocabulary)] = logits[0];
        }
        return logits;
    }

    /** The rule as its definition says it: sort, cut, perturb everything that is left, take the best. */
    private static int dumb(float[] logits, SamplingOptions options, long position) {
        float best = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            best = Math.max(best, logit);
        }
        float top = best;
        if (options.isGreedy()) {
            return IntStream.range(0, logits.length)
                    .filter(i -> logits[i] == top)
                    .findFirst()
                    .orElseThrow();
        }
        int[] kept = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -logits[i]).thenComparingInt(i -> i))
                .mapToInt(i -> i)
                .toArray();
        if (!options.keepsAll()) {
            kept = Arrays.stream(kept)
                    .filter(i -> (logits[i] - top) / options.temperature() >= -Nucleus.SUPPORT_NATS)
                    .toArray();
            kept = options.topK() > 0 && options.topK() < kept.length ? Arrays.copyOf(kept, options.topK()) : kept;
            kept = options.topP() < 1 ? cutToTopP(logits, kept, top, options) : kept;
        }
        long key = Noise.key(options.seed(), position);
        int winner = -1;
        double highest = Double.NEGATIVE_INFINITY;
        Arrays.sort(kept);
        for (int i : kept) {
            double value = logits[i] / options.temperature() + Noise.gumbel(Noise.bits(key, i));
            if (value > highest) {
                highest = value;
                winner = i;
            }
        }
        return winner;
    }

    private static int[] cutToTopP(float[] logits, int[] kept, float top, SamplingOptions options) {
        double total = Arrays.stream(kept)
                .mapToDouble(i -> weight(logits[i], top, options))
                .sum();
        double reached = 0;
        for (int n = 0; n < kept.length; n++) {
            reached += weight(logits[kept[n]], top, options);
            if (reached >= options.topP() * total - 1e-12 * total) {
                return Arrays.copyOf(kept, n + 1);
            }
        }
        return kept;
    }

    private static double weight(float logit, float top, SamplingOptions options) {
        return Math.exp((logit - top) / options.temperature());
    }
}
