package io.wanspec.controller.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptLookupTest {
    @Test
    void whatFollowedLastTimeIsGuessed() {
        PromptLookup lookup = new PromptLookup();
        lookup.onCommitted(Tokens.of(7, 8, 9, 10, 11, 7, 8, 9));
        assertThat(lookup.continuation(Tokens.none(), 2)).isEqualTo(Tokens.of(10, 11));
        assertThat(lookup.continuation(Tokens.of(10), 1)).isEqualTo(Tokens.of(11));
        assertThat(lookup.continuation(Tokens.of(50), 4)).isEqualTo(Tokens.none());
    }

    /** Few and small tokens, whose runs' digests collide. */
    @SeededTest(tries = 500)
    void everyGuessFollowedTheSameTokensBefore(Random random) {
        PromptLookup lookup = new PromptLookup();
        Tokens text = Tokens.none();
        for (int i = 0; i < 60; i++) {
            Tokens more = Tokens.of(random.ints(random.nextInt(3), 0, 6).toArray());
            lookup.onCommitted(more);
            text = text.plus(more);
            Tokens path = Tokens.of(random.ints(random.nextInt(4), 0, 6).toArray());
            Tokens guess = lookup.continuation(path, 1 + random.nextInt(4));
            Tokens all = text.plus(path);
            if (!guess.isEmpty()) {
                Tokens found = all.from(all.size() - 2).plus(guess);
                assertThat(occurs(text, found)).as(found + " in " + text).isTrue();
            }
        }
    }

    private static boolean occurs(Tokens text, Tokens part) {
        for (int at = 0; at + part.size() <= text.size(); at++) {
            if (text.slice(at, at + part.size()).equals(part)) {
                return true;
            }
        }
        return false;
    }
}
