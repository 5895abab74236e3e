package io.wanspec.contracts.grammar;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The grammars that are in use over one vocabulary, the last {@value #GRAMMARS_MAX} of them, with what was found out of them, in at most
 * {@value #MEMO_BYTES_MAX} bytes. Not thread-safe.
 */
public final class Grammars {
    static final int GRAMMARS_MAX = 64;
    static final long MEMO_BYTES_MAX = 64L << 20;

    private final TokenTrie trie;
    private final Memo memo;
    private final Map<Grammar, Automaton> automata = new LinkedHashMap<>(16, 0.75f, true);

    public Grammars(TokenTrie trie) {
        this(trie, MEMO_BYTES_MAX);
    }

    Grammars(TokenTrie trie, long memoBytesMax) {
        this.trie = trie;
        memo = new Memo(memoBytesMax);
    }

    /** A text that has not begun. */
    public GrammarText text(Grammar grammar) {
        return new GrammarText(automaton(grammar));
    }

    /** Whether the vocabulary can write any text of a grammar. */
    public boolean canWrite(Grammar grammar) {
        return !automaton(grammar).start().isNowhere();
    }

    /** How many are kept. */
    int size() {
        return automata.size();
    }

    long memoBytes() {
        return memo.bytes();
    }

    private Automaton automaton(Grammar grammar) {
        Automaton found = automata.get(grammar);
        if (found == null) {
            found = new Automaton(grammar, trie, memo);
            automata.put(grammar, found);
            if (automata.size() > GRAMMARS_MAX) {
                Iterator<Automaton> eldest = automata.values().iterator();
                eldest.next().close();
                eldest.remove();
            }
        }
        return found;
    }
}
