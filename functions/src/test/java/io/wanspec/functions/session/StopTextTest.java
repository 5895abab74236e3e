package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StopTextTest {
    /** However a text is cut into pieces, what comes out is the text before its first stop string. */
    @Test
    void agreesWithADumbTwin() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String text = word(random, 24);
            List<String> stops = List.of(word(random, 3), word(random, 2));
            StopText stop = new StopText(stops);
            StringBuilder out = new StringBuilder();
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(4));
                out.append(stop.take(text.substring(from, to)));
                from = to;
            }
            out.append(stop.flush());

            int cut = stops.stream()
                    .mapToInt(text::indexOf)
                    .filter(i -> i >= 0)
                    .min()
                    .orElse(text.length());
            String before = text.substring(0, cut);
            // A later stop string may be complete before an earlier, longer one is: the cut may then lie behind it.
            assertThat(out.toString())
                    .as("seed %d: %s in %s", seed, stops, text)
                    .startsWith(before);
            if (!out.toString().equals(before)) {
                assertThat(stops.get(0).length()).isNotEqualTo(stops.get(1).length());
            }
        }
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
