package io.wanspec.contracts.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Masks against a twin that tries each token byte by byte, on random grammars, vocabularies and texts. */
final class MaskTwinTest {
    private static final int STEPS = 12;

    @SeededTest(tries = 400)
    void masksAreTheTwins(Random random) {
        RandomGrammar made = new RandomGrammar(random);
        String text = made.text();
        Grammar grammar = Grammar.of(text);
        List<byte[]> vocabulary = made.vocabulary();
        // A small memory forgets in mid-text: it must not matter.
        Grammars grammars = new Grammars(trie(vocabulary), random.nextBoolean() ? 4_000 : 1 << 20);
        Map<String, GrammarExpression> rules = GrammarReader.read(text);
        GrammarText read = grammars.text(grammar);
        List<DerivativeTwin> twins = new ArrayList<>(List.of(new DerivativeTwin(rules)));
        if (!grammars.canWrite(grammar)) {
            assertThat(writable(vocabulary).cardinality()).isLessThan(21);
            return;
        }
        for (int step = 0; step < STEPS; step++) {
            assertThat(read.mayEnd()).as(text).isEqualTo(twins.getLast().mayEnd());
            int[] allowed = allowed(read.mask(), vocabulary.size());
            int[] twin = twin(twins.getLast(), vocabulary);
            if (twin == null) {
                return;
            }
            assertThat(allowed).as(text).containsExactly(twin);
            assertThat(read.mask().count()).isEqualTo(allowed.length);
            assertThat(read.mask().first()).isEqualTo(allowed.length == 0 ? -1 : allowed[0]);
            assertThat(allowed.length > 0 || read.mayEnd())
                    .as("goes on: " + text)
                    .isTrue();
            if (allowed.length == 0 || random.nextInt(6) == 0) {
                int to = random.nextInt(twins.size());
                read.truncate(to);
                twins.subList(to + 1, twins.size()).clear();
            } else {
                int token = allowed[random.nextInt(allowed.length)];
                read.append(token);
                DerivativeTwin behind = twins.getLast().copy();
                assertThat(behind.append(vocabulary.get(token))).isTrue();
                twins.add(behind);
            }
            assertThat(read.size()).isEqualTo(twins.size() - 1);
        }
    }

    @SeededTest(tries = 100)
    void whatIsOffTheGrammarIsNowhere(Random random) {
        RandomGrammar made = new RandomGrammar(random);
        Grammar grammar = Grammar.of(made.text());
        List<byte[]> vocabulary = made.vocabulary();
        GrammarText read = new Grammars(trie(vocabulary)).text(grammar);
        DerivativeTwin twin = new DerivativeTwin(GrammarReader.read(grammar.text()));
        for (int token = 0; token < vocabulary.size(); token++) {
            read.append(token);
            boolean lives = vocabulary.get(token).length > 0 && twin.copy().append(vocabulary.get(token));
            // A vocabulary that lacks bytes may not be able to go on, which the twin does not know.
            assertThat(!read.isNowhere() && !lives).as(grammar.text()).isFalse();
            if (read.isNowhere()) {
                assertThat(read.mask().count()).isZero();
            }
            read.truncate(0);
        }
    }

    static TokenTrie trie(List<byte[]> vocabulary) {
        return TokenTrie.of(vocabulary.size(), vocabulary::get);
    }

    private static int[] allowed(TokenMask mask, int vocabulary) {
        return IntStream.range(0, vocabulary).filter(mask::allows).toArray();
    }

    /** @return null where a vocabulary that lacks bytes makes it another question */
    private static int @Nullable [] twin(DerivativeTwin twin, List<byte[]> vocabulary) {
        BitSet writable = writable(vocabulary);
        if (writable.cardinality() < 21) {
            return null;
        }
        byte[] forced = forced(twin, writable, vocabulary);
        if (forced.length > 0) {
            int best = -1;
            for (int token = 0; token < vocabulary.size(); token++) {
                byte[] own = vocabulary.get(token);
                boolean fits =
                        (own.length > 0 && Arrays.mismatch(own, forced) == own.length) || Arrays.equals(own, forced);
                if (fits && (best < 0 || own.length > vocabulary.get(best).length)) {
                    best = token;
                }
            }
            return new int[] {best};
        }
        return IntStream.range(0, vocabulary.size())
                .filter(token -> vocabulary.get(token).length > 0 && twin.copy().append(vocabulary.get(token)))
                .toArray();
    }

    private static byte[] forced(DerivativeTwin twin, BitSet writable, List<byte[]> vocabulary) {
        int longest = vocabulary.stream().mapToInt(token -> token.length).max().orElse(0);
        DerivativeTwin at = twin.copy();
        byte[] forced = new byte[longest];
        int length = 0;
        while (length < longest && !at.mayEnd() && at.following(writable).cardinality() == 1) {
            forced[length] = (byte) at.following(writable).nextSetBit(0);
            at.append(new byte[] {forced[length++]});
        }
        return Arrays.copyOf(forced, length);
    }

    private static BitSet writable(List<byte[]> vocabulary) {
        BitSet writable = new BitSet();
        vocabulary.stream().filter(token -> token.length == 1).forEach(token -> writable.set(token[0] & 0xFF));
        return writable;
    }
}
