package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SamplingOptions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final int VOCABULARY = 300;

    private final CoupledSampler sampler = new CoupledSampler();

    /** Leaving a token out is the same as giving it no chance at all: the others keep their noise. */
    @Property(tries = 1_000)
    void choosesAsIfTheOthersWereImpossible(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = VOCABULARY) int count,
            @ForAll @DoubleRange(min = 0, max = 2) double temperature,
            @ForAll @DoubleRange(min = 0.01, max = 1) double topP) {
        Random random = new Random(seed);
        int[] ids = random.ints(0, VOCABULARY).distinct().limit(count).sorted().toArray();
        float[] whole = new float[VOCABULARY];
        Arrays.fill(whole, -1e9f);
        float[] part = new float[count];
        for (int i = 0; i < count; i++) {
            part[i] = (float) (3 * random.nextGaussian());
            whole[ids[i]] = part[i];
        }
        SamplingOptions options = new SamplingOptions(temperature, 0, topP, seed);
        assertThat(sampler.sample(part, 0, count, Proposals.of(ids), options, 9))
                .isEqualTo(sampler.sample(whole, 0, VOCABULARY, options, 9));
    }

    @Test
    void allTokensAreTheirOwnColumns() {
        assertThat(IntStream.range(0, 50).map(Proposals.all()::token))
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void columnsAreFoundByTheirTokens() {
        Proposals some = Proposals.of(2, 5, 9);
        assertThat(some.column(5)).isEqualTo(1);
        assertThat(some.column(3)).isEqualTo(-1);
        assertThat(Proposals.all().column(3)).isEqualTo(3);
    }

    @Test
    void oneMoreTokenHasTheLastColumn() {
        Proposals more = Proposals.of(2, 5, 9).then(3);
        assertThat(more.token(3)).isEqualTo(3);
        assertThat(more.column(3)).isEqualTo(3);
        assertThat(more.column(5)).isEqualTo(1);
        assertThat(more.column(4)).isEqualTo(-1);
        assertThatThrownBy(() -> more.then(4)).hasMessageContaining("another was added");
        assertThat(Proposals.of(2, 5).column(-1)).isEqualTo(-1);
        assertThatThrownBy(() -> Proposals.of(2, 5).token(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Proposals.of(2, 5).then(5)).hasMessageContaining("token 5 has a column already");
        assertThatThrownBy(() -> Proposals.all().then(5)).hasMessageContaining("token 5 has a column already");
    }

    @Test
    void idsMustAscend() {
        assertThatThrownBy(() -> Proposals.of(1, 3, 3)).hasMessageContaining("3 follows 3");
        assertThatThrownBy(() -> Proposals.of(-1, 3)).hasMessageContaining("-1");
    }
}
