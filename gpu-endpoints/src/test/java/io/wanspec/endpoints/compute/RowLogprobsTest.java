package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.SeededTest;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** A log-softmax, and the likeliest, against what sorts the whole row. */
final class RowLogprobsTest {
    @SeededTest
    void areLogarithmsOfProbabilities(Random random) {
        int vocabulary = 1 + random.nextInt(60);
        float[] row = new float[vocabulary + 3];
        for (int i = 0; i < row.length; i++) {
            // Ties are to happen.
            row[i] = random.nextInt(40) / 2f - 10;
        }
        var logprobs = new RowLogprobs(row, 3, vocabulary);
        double sum = IntStream.range(0, vocabulary)
                .mapToDouble(i -> Math.exp(logprobs.of(i)))
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-5));

        int count = random.nextInt(21);
        int[] expected = IntStream.range(0, vocabulary)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -row[3 + i]).thenComparingInt(i -> i))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(logprobs.likeliest(count)).containsExactly(expected);
    }
}
