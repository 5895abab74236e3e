package io.wanspec.simulator.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.simulator.trace.Trace;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordedLanguageTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3, 4);

    /** Of a length that the first requests of the trace have, and one behind it. */
    private static final Tokens SONG = Tokens.of(7, 8, 9, 7, 8, 5, 7, 8);

    @Test
    void guessesAreThoseOfTheRealText() {
        Text text = language().text(PROMPT, 0);
        FreeDrafter lookup = text.freeDrafter(0);
        Tokens told = truth(text, SONG.size());
        lookup.onCommitted(PROMPT);
        assertThat(lookup.continuation(Tokens.none(), 3)).isEqualTo(Tokens.none());
        lookup.onCommitted(told.slice(0, 3));
        assertThat(lookup.continuation(Tokens.none(), 3))
                .as("nothing recurs yet")
                .isEqualTo(Tokens.none());
        // 7 8 9 7 8: after the first 7 8 came 9 7 8, while the text goes on with 5.
        Tokens guesses = lookup.continuation(told.slice(3, 5), 3);
        assertThat(guesses.size()).isEqualTo(1);
        assertThat(guesses.get(0)).as("a wrong one").isNotEqualTo(told.get(5));
        lookup.onCommitted(told.slice(3, 5));
        assertThat(lookup.continuation(told.slice(5, 8), 1).size()).isEqualTo(1);
    }

    @Test
    void rightGuessesAreTheSimulatedTextsTokens() {
        Tokens round = Tokens.of(7, 8, 9, 7, 8, 9, 7, 8, 9);
        Text text = language(round).text(PROMPT, 0);
        FreeDrafter lookup = text.freeDrafter(0);
        Tokens told = truth(text, round.size());
        lookup.onCommitted(PROMPT);
        lookup.onCommitted(told.slice(0, 5));
        assertThat(lookup.continuation(Tokens.none(), 3)).isEqualTo(told.slice(5, 8));
        assertThat(lookup.continuation(told.slice(5, 6), 2)).isEqualTo(told.slice(6, 8));
        assertThat(lookup.continuation(Tokens.of(told.get(5) + 1), 2))
                .as("behind a wrong guess")
                .isEqualTo(Tokens.none());
    }

    private static WordedLanguage language() {
        return language(SONG);
    }

    private static WordedLanguage language(Tokens answer) {
        Trace trace = Traces.random(3, 4);
        return new WordedLanguage(
                new TraceLanguage(trace, 0), List.of(new WordedLanguage.Words(Tokens.of(50, 51), answer)));
    }

    private static Tokens truth(Text text, int size) {
        int[] tokens = new int[size];
        long at = IntStream.range(0, PROMPT.size())
                .mapToLong(PROMPT::get)
                .reduce(Branch.ROOT.digest(), (branch, token) -> Branch.then(branch, (int) token));
        for (int i = 0; i < size; i++) {
            tokens[i] = text.target(at, PROMPT.size() + i);
            at = Branch.then(at, tokens[i]);
        }
        return Tokens.of(tokens);
    }
}
