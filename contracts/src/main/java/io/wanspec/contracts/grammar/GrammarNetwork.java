package io.wanspec.contracts.grammar;

import io.wanspec.contracts.Limits;
import java.util.Arrays;
import java.util.BitSet;

/**
 * States with edges: over a range of bytes, over nothing, or through a rule, whose end leads on to the edge's target. A rule has a state where it begins and
 * one where it ends.
 */
final class GrammarNetwork {
    /** Over nothing. */
    static final int NOTHING = -1;

    /** Through a rule; {@link #high} has the rule. */
    static final int CALL = -2;

    private int states;
    private int edges;
    private int[] first = new int[64];
    private int[] last = new int[64];
    private int[] next = new int[64];
    private int[] low = new int[64];
    private int[] high = new int[64];
    private int[] target = new int[64];
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private final BitSet isRuleEnd = new BitSet();
    private int rules;

    /** @throws IllegalArgumentException if there are too many */
    int newState() {
        if (states == Limits.GRAMMAR_STATES_MAX) {
            throw new IllegalArgumentException("a grammar must have at most " + Limits.GRAMMAR_STATES_MAX
                    + " states: use fewer or smaller alternatives and repetitions");
        }
        if (states == first.length) {
            first = Arrays.copyOf(first, states * 2);
            last = Arrays.copyOf(last, states * 2);
        }
        first[states] = NOTHING;
        last[states] = NOTHING;
        return states++;
    }

    int newRule() {
        if (rules == starts.length) {
            starts = Arrays.copyOf(starts, rules * 2);
            ends = Arrays.copyOf(ends, rules * 2);
        }
        starts[rules] = newState();
        ends[rules] = newState();
        isRuleEnd.set(ends[rules]);
        return rules++;
    }

    void bytes(int from, int lowest, int highest, int to) {
        edge(from, lowest, highest, to);
    }

    void nothing(int from, int to) {
        edge(from, NOTHING, 0, to);
    }

    void call(int from, int rule, int to) {
        edge(from, CALL, rule, to);
    }

    private void edge(int from, int lowest, int highest, int to) {
        if (edges == Limits.GRAMMAR_EDGES_MAX) {
            throw new IllegalArgumentException("a grammar must have at most " + Limits.GRAMMAR_EDGES_MAX
                    + " ways between its states: use fewer alternatives and repetitions");
        }
        if (edges == next.length) {
            int size = edges * 2;
            next = Arrays.copyOf(next, size);
            low = Arrays.copyOf(low, size);
            high = Arrays.copyOf(high, size);
            target = Arrays.copyOf(target, size);
        }
        low[edges] = lowest;
        high[edges] = highest;
        target[edges] = to;
        next[edges] = NOTHING;
        if (last[from] == NOTHING) {
            first[from] = edges;
        } else {
            next[last[from]] = edges;
        }
        last[from] = edges++;
    }

    int size() {
        return states;
    }

    int edges() {
        return edges;
    }

    int rules() {
        return rules;
    }

    int start(int rule) {
        return starts[rule];
    }

    int end(int rule) {
        return ends[rule];
    }

    /** The first edge of a state, or {@link #NOTHING}; edges stand in the order in which they were made. */
    int firstEdge(int state) {
        return first[state];
    }

    int nextEdge(int edge) {
        return next[edge];
    }

    boolean isBytes(int edge) {
        return low[edge] >= 0;
    }

    boolean isCall(int edge) {
        return low[edge] == CALL;
    }

    int low(int edge) {
        return low[edge];
    }

    int high(int edge) {
        return high[edge];
    }

    /** The rule of a call. */
    int rule(int edge) {
        return high[edge];
    }

    int target(int edge) {
        return target[edge];
    }

    /** Whether a rule ends with a state. */
    boolean endsRule(int state) {
        return isRuleEnd.get(state);
    }

    boolean hasBytes(int state) {
        for (int edge = first[state]; edge != NOTHING; edge = next[edge]) {
            if (isBytes(edge)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing but the rule's end follows a state: a call that leads there needs no way back. */
    boolean isEnd(int state) {
        int at = state;
        for (int i = 0; i < states; i++) {
            int edge = first[at];
            if (edge == NOTHING) {
                return isRuleEnd.get(at);
            }
            if (isRuleEnd.get(at) || low[edge] != NOTHING || next[edge] != NOTHING) {
                return false;
            }
            at = target[edge];
        }
        return false;
    }
}
