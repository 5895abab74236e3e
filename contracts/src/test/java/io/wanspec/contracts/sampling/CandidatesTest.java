package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final CoupledSampler sampler = new CoupledSampler();

    @SeededTest(tries = 2_000)
    void agreesWithTheDumbTwin(Random random) {
        long seed = Gen.anyLong(random);
        int vocabulary = Gen.between(random, 1, 600);
        double temperature = Gen.between(random, 0.0, 2.0);
        int topK = Gen.between(random, 0, 50);
        double topP = Gen.between(random, 0.01, 1.0);
        int position = Gen.between(random, 0, 100_000);
        int count = Gen.between(random, 1, Limits.CANDIDATES_MAX);
        float[] logits = logits(random.nextLong(), vocabulary);
        Proposals someTokens = Proposals.of(ids(random.nextLong(), vocabulary));
        for (SamplingOptions options : List.of(
                new SamplingOptions(temperature, topK, topP, seed),
                new SamplingOptions(temperature, 0, 1, seed),
                new SamplingOptions(0, topK, topP, seed))) {
            for (Proposals proposals : List.of(Proposals.all(), someTokens)) {
                Candidates fast = sampler.candidates(logits, 0, vocabulary, proposals, options, position, count);
                agree(fast, dumb(logits, proposals, options, position), count);
            }
            assertThat(sampler.candidates(logits, 0, vocabulary, options, position, count)
                            .first())
                    .isEqualTo(sampler.sample(logits, 0, vocabulary, options, position));
        }
    }

    /** A head without some of the tokens chooses as a whole head would that finds those impossible. */
    @SeededTest(tries = 500)
    void aReducedHeadIsAWholeOneWithoutSomeTokens(Random random) {
        int size = Gen.between(random, 1, 200);
        float[] some = logits(random.nextLong(), size);
        int[] ids = ids(random.nextLong(), size);
        int vocabulary = ids[size - 1] + 3;
        float[] whole = new float[vocabulary];
        Arrays.fill(whole, -1e30f);
        IntStream.range(0, size).forEach(i -> whole[ids[i]] = some[i]);
        SamplingOptions options = new SamplingOptions(Gen.between(random, 0.0, 2.0), 0, 1, Gen.anyLong(random));
        int count = Math.min(size, Limits.CANDIDATES_MAX);
        assertThat(sampler.candidates(some, 0, size, Proposals.of(ids), options, 7, count))
                .isEqualTo(sampler.candidates(whole, 0, vocabulary, options, 7, count));
    }

    @Test
    void surprisalsAreThoseOfTheSoftmax() {
        float[] logits = {0, (float) Math.log(2), (float) Math.log(5)};
        Candidates found = sampler.candidates(logits, 0, 3, SamplingOptions.greedy(), 0, 3);
        assertThat(found.tokens()).isEqualTo(Tokens.of(2, 1, 0));
        assertThat(found.surprisalsMilliNats()).isEqualTo(Ints.of(470, 1386, 2079));
    }

    /** What the surprisals are for: of all that is given 60 to 70 %, about that share comes true with similar logits. */
    @Test
    void surprisalsForetellTheChoiceOfASimilarModel() {
        Random random = new Random(3);
        int given = 0;
        int right = 0;
        for (int t = 0; t < 20_000; t++) {
            float[] target = logits(t, 100);
            float[] draft = target.clone();
            for (int i = 0; i < draft.length; i++) {
                draft[i] += (float) (1.2 * random.nextGaussian());
            }
            SamplingOptions options = new SamplingOptions(1, 0, 1, 7);
            Candidates guess = sampler.candidates(draft, 0, 100, options, t, 1);
            double chance = Math.exp(-guess.surprisalsMilliNats().get(0) / 1_000.0);
            if (chance > 0.6 && chance < 0.7) {
                given++;
                right += guess.first() == sampler.sample(target, 0, 100, options, t) ? 1 : 0;
            }
        }
        assertThat(given).isGreaterThan(500);
        assertThat((double) right / given).isBetween(0.5, 0.8);
    }

    @Test
    void tiesGoToTheLowestTokens() {
        float[] logits = {1, 3, 3, 2, 3};
        assertThat(sampler.candidates(logits, 0, 5, SamplingOptions.greedy(), 0, 4)
                        .tokens())
                .isEqualTo(Tokens.of(1, 2, 4, 3));
    }

    @Test
    void readsItsRowOnly() {
        float[] rows = {9, 9, 0, 1, 9};
        for (double temperature : new double[] {0, 1e-3}) {
            Candidates found = sampler.candidates(rows, 2, 2, new SamplingOptions(temperature, 0, 1, 5), 0, 8);
            assertThat(found.tokens()).isEqualTo(Tokens.of(1, 0));
        }
    }

    @Test
    void whatIsHopelessIsCappedAndNotOverflowing() {
        float[] logits = {0, 3e38f, -3e38f};
        for (double temperature : new double[] {0, 1e-9, 2}) {
            Candidates found = sampler.candidates(logits, 0, 3, new SamplingOptions(temperature, 0, 1, 5), 0, 3);
            assertThat(found.tokens()).isEqualTo(Tokens.of(1, 0, 2));
            assertThat(found.surprisalsMilliNats())
                    .isEqualTo(Ints.of(0, Candidates.SURPRISAL_MILLI_NATS_MAX, Candidates.SURPRISAL_MILLI_NATS_MAX));
        }
    }

    @Test
    void ranks() {
        Candidates found = new Candidates(Tokens.of(4, 2), Ints.of(1, 9));
        assertThat(found.rankOf(4)).isZero();
        assertThat(found.rankOf(2)).isEqualTo(1);
        assertThat(found.rankOf(3)).isEqualTo(Limits.CANDIDATES_MAX);
    }

    @Test
    void refusesWhatDoesNotFit() {
        SamplingOptions greedy = SamplingOptions.greedy();
        float[] logits = {1, 2};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sampler.candidates(logits, 0, 2, greedy, 0, 9))
                .withMessage("count must be between 1 and 8, was 9");
        assertThatIllegalArgumentException().isThrownBy(() -> sampler.candidates(logits, 0, 2, greedy, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidates(Tokens.of(1, 2), Ints.of(5, 4)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidates(Tokens.of(1, 2), Ints.of(5)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidates(Tokens.none(), Ints.none()));
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

    /** Rising ids with gaps. */
    private static int[] ids(long seed, int size) {
        Random random = new Random(seed);
        int[] ids = new int[size];
        int id = random.nextInt(3);
        for (int i = 0; i < size; i++) {
            ids[i] = id;
            id += 1 + random.nextInt(4);
        }
        return ids;
    }

    private static void agree(Candidates fast, Dumb dumb, int count) {
        int expected = Math.min(count, dumb.order().length);
        assertThat(fast.tokens()).isEqualTo(Tokens.of(dumb.order()).slice(0, expected));
        // What is negligible may lack in the sum: 12 nats below the best each.
        double missing = 1e3 * Math.log1p(dumb.order().length * Math.exp(-CandidateScores.NEGLIGIBLE_NATS));
        for (int i = 0; i < expected; i++) {
            double exact = Math.min(1e3 * dumb.surprisals()[i], Candidates.SURPRISAL_MILLI_NATS_MAX);
            assertThat((double) fast.surprisalsMilliNats().get(i)).isCloseTo(exact, within(missing + 1));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Dumb(int[] order, double[] surprisals) {}

    /** The rule as its definition says it: sort, cut, perturb everything that is left, sort by that. */
    private static Dumb dumb(float[] logits, Proposals proposals, SamplingOptions options, long position) {
        double temperature = options.isGreedy() ? 1 : options.temperature();
        int[] byLogit = sorted(IntStream.range(0, logits.length).toArray(), i -> logits[i]);
        int[] kept = options.isGreedy() || options.keepsAll() ? byLogit : cut(logits, byLogit, options);
        long key = Noise.key(options.seed(), position);
        IntToDoubleFunction score = options.isGreedy()
                ? i -> logits[i]
                : i -> logits[i] / temperature + Noise.gumbel(Noise.bits(key, proposals.token(i)));
        int[] order = sorted(kept, score);
        double best = score.applyAsDouble(order[0]);
        double total = Arrays.stream(order)
                .mapToDouble(i -> Math.exp(score.applyAsDouble(i) - best))
                .sum();
        return new Dumb(
                Arrays.stream(order).map(proposals::token).toArray(),
                Arrays.stream(order)
                        .mapToDouble(i -> Math.log(total) - (score.applyAsDouble(i) - best))
                        .toArray());
    }

    private static int[] cut(float[] logits, int[] byLogit, SamplingOptions options) {
        double temperature = options.temperature();
        float top = logits[byLogit[0]];
        int[] kept = Arrays.stream(byLogit)
                .filter(i -> (logits[i] - top) / temperature >= -Nucleus.SUPPORT_NATS)
                .limit(options.topK() > 0 ? options.topK() : Long.MAX_VALUE)
                .toArray();
        if (options.topP() == 1) {
            return kept;
        }
        IntToDoubleFunction weight = i -> Math.exp((logits[i] - top) / temperature);
        double total = Arrays.stream(kept).mapToDouble(weight).sum();
        double reached = 0;
        for (int n = 0; n < kept.length; n++) {
            reached += weight.applyAsDouble(kept[n]);
            if (reached >= options.topP() * total - 1e-12 * total) {
                return Arrays.copyOf(kept, n + 1);
            }
        }
        return kept;
    }

    private static int[] sorted(int[] indices, IntToDoubleFunction score) {
        return Arrays.stream(indices)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -score.applyAsDouble(i))
                        .thenComparingInt(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }
}
