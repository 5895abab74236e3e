package io.wanspec.endpoints.model.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTextTest {
    @SeededTest(tries = 2_000)
    void findsWhatASearchOfTheWholeTextFinds(Random random) {
        int tokens = 1 + random.nextInt(4);
        List<Integer> text =
                Gen.several(random, 0, 60, () -> random.nextInt(tokens)).toList();
        CopyText trail = new CopyText();
        for (int i = 0; i < text.size(); i++) {
            trail.append(text.get(i));
            assertThat(trail.next()).isEqualTo(searched(text.subList(0, i + 1)));
        }
        int to = Gen.between(random, 0, text.size());
        trail.truncate(to);
        assertThat(trail.size()).isEqualTo(to);
        assertThat(trail.next()).isEqualTo(searched(text.subList(0, to)));
        for (int token : text) {
            trail.append(token);
        }
        List<Integer> again = new ArrayList<>(text.subList(0, to));
        again.addAll(text);
        assertThat(trail.next()).isEqualTo(searched(again));
    }

    /** The longest agreement of all places, the latest of equals. */
    private static @Nullable Copy searched(List<Integer> text) {
        Copy best = null;
        for (int end = text.size() - 1; end > 0; end--) {
            int agreed = 0;
            while (agreed < CopyShares.AGREED_MAX
                    && agreed < end
                    && text.get(end - 1 - agreed).equals(text.get(text.size() - 1 - agreed))) {
                agreed++;
            }
            if (agreed > (best == null ? 0 : best.agreed())) {
                best = new Copy(text.get(end), agreed);
            }
        }
        return best;
    }

    @Test
    void longAgreementsCountAsTheLongest() {
        CopyText text = new CopyText();
        int[] run = new int[50];
        Arrays.setAll(run, i -> i);
        text.append(Tokens.of(run));
        text.append(99);
        text.append(Tokens.of(run));
        assertThat(text.next()).isEqualTo(new Copy(99, CopyShares.AGREED_MAX));
    }

    @Test
    void onlyTheLatestPlacesAreLookedAt() {
        CopyText text = new CopyText();
        text.append(Tokens.of(7, 8, 1, 2));
        for (int i = 0; i < CopyText.PLACES; i++) {
            text.append(Tokens.of(3, 1));
        }
        text.append(Tokens.of(7, 8, 1));
        // Of the 257 places of token 1, the first one has 7 8 1 before it and is too far back.
        assertThat(text.next()).isEqualTo(new Copy(7, 1));
    }

    @Test
    void cannotShrinkToMoreThanThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CopyText().truncate(1));
    }
}
