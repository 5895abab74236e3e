package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final int VOCABULARY = 300;

    private final CoupledSampler sampler = new CoupledSampler();

    /** Leaving a token out is the same as giving it no chance at all: the others keep their noise. */
    @SeededTest
    void choosesAsIfTheOthersWereImpossible(Random random) {
        int count = Gen.between(random, 1, VOCABULARY);
        int[] ids = random.ints(0, VOCABULARY).distinct().limit(count).sorted().toArray();
        float[] whole = new float[VOCABULARY];
        Arrays.fill(whole, -1e9f);
        float[] part = new float[count];
        for (int i = 0; i < count; i++) {
            part[i] = (float) (3 * random.nextGaussian());
            whole[ids[i]] = part[i];
        }
        SamplingOptions options = new SamplingOptions(
                Gen.between(random, 0.0, 2.0), 0, Gen.between(random, 0.01, 1.0), Gen.anyLong(random));
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
