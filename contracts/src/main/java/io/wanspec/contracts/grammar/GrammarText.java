package io.wanspec.contracts.grammar;

import java.util.ArrayList;
import java.util.List;

/** A text on a grammar, that grows and shrinks at its end. Not thread-safe. */
public final class GrammarText {
    private final Automaton automaton;
    private final List<GrammarStanding> standings = new ArrayList<>();

    GrammarText(Automaton automaton) {
        this.automaton = automaton;
        standings.add(automaton.start());
    }

    /** How many tokens it has. */
    public int size() {
        return standings.size() - 1;
    }

    public void append(int token) {
        standings.add(automaton.after(standings.getLast(), token));
    }

    /** Takes tokens away from the end. */
    public void truncate(int to) {
        while (size() > to) {
            standings.removeLast();
        }
    }

    /** Which tokens may follow; one that ends the text is not among them. */
    public TokenMask mask() {
        return automaton.mask(standings.getLast());
    }

    /** Whether the text may end here. */
    public boolean mayEnd() {
        return standings.getLast().mayEnd();
    }

    /** Whether the text is off its grammar, or has ended. */
    public boolean isNowhere() {
        return standings.getLast().isNowhere();
    }
}
