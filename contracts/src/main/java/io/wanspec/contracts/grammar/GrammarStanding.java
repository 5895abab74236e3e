package io.wanspec.contracts.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a text stands in its grammar: all the places where its next byte may be, in order, and whether it may end. What was found out of it is kept as long as
 * there is room ({@link Automaton}).
 */
public final class GrammarStanding {
    /** Of a text that is off the grammar, or has ended. */
    static final GrammarStanding NOWHERE = new GrammarStanding(List.of(), false);

    final List<GrammarPlace> places;
    final boolean mayEnd;
    GrammarStanding @Nullable [] next;

    @Nullable
    TokenMask mask;

    GrammarStanding(List<GrammarPlace> places, boolean mayEnd) {
        this.places = List.copyOf(places);
        this.mayEnd = mayEnd;
    }

    /** Whether the text may end here. */
    public boolean mayEnd() {
        return mayEnd;
    }

    /** Whether neither a byte nor an end may follow. */
    public boolean isNowhere() {
        return places.isEmpty() && !mayEnd;
    }

    void forget() {
        next = null;
        mask = null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrammarStanding that && mayEnd == that.mayEnd && places.equals(that.places);
    }

    @Override
    public int hashCode() {
        return places.hashCode();
    }
}
