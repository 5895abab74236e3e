package io.wanspec.contracts.grammar;

import io.wanspec.contracts.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How many calls of rules, one within the other, a state needs at least to come to its rule's end: what would need more than are left is never begun, so that
 * whatever was begun can be ended.
 */
final class Heights {
    private static final int NEVER = Integer.MAX_VALUE / 2;

    private final GrammarNetwork network;
    private final IntPredicate writable;
    private final int[] heights;

    /** Of each edge the state that it leaves. */
    private final int[] sources;

    /** Of each state the edges that lead to it, and those that call the rule which it begins. */
    private final List<List<Integer>> into = new ArrayList<>();

    /** States to be looked at, by height. */
    private final List<Deque<Integer>> open = new ArrayList<>();

    private Heights(GrammarNetwork network, IntPredicate writable) {
        this.network = network;
        this.writable = writable;
        heights = new int[network.size()];
        Arrays.fill(heights, NEVER);
        sources = new int[network.edges()];
        for (int state = 0; state < network.size(); state++) {
            into.add(new ArrayList<>(2));
        }
        for (int level = 0; level <= Limits.GRAMMAR_DEPTH_MAX; level++) {
            open.add(new ArrayDeque<>());
        }
    }

    /** @param writable which bytes can be written at all */
    static Heights of(GrammarNetwork network, IntPredicate writable) {
        Heights found = new Heights(network, writable);
        found.turnEdges();
        for (int rule = 0; rule < network.rules(); rule++) {
            found.offer(network.end(rule), 0);
        }
        for (int level = 0; level <= Limits.GRAMMAR_DEPTH_MAX; level++) {
            Deque<Integer> states = found.open.get(level);
            while (!states.isEmpty()) {
                int state = states.pop();
                if (found.heights[state] == level) {
                    found.into.get(state).forEach(found::follow);
                }
            }
        }
        return found;
    }

    /** Whether there is a text at all. */
    boolean mayBegin() {
        return mayBe(network.start(0), 0);
    }

    /** Whether a state that lies so many calls deep can come to an end. */
    boolean mayBe(int state, int depth) {
        return heights[state] + depth <= Limits.GRAMMAR_DEPTH_MAX;
    }

    private void turnEdges() {
        for (int state = 0; state < network.size(); state++) {
            for (int edge = network.firstEdge(state); edge >= 0; edge = network.nextEdge(edge)) {
                sources[edge] = state;
                into.get(network.target(edge)).add(edge);
                if (network.isCall(edge)) {
                    into.get(network.start(network.rule(edge))).add(edge);
                }
            }
        }
    }

    /** Either end of it has got its height. */
    private void follow(int edge) {
        int behind = heights[network.target(edge)];
        if (network.isCall(edge)) {
            int own = network.isEnd(network.target(edge)) ? 0 : 1;
            offer(sources[edge], Math.max(behind, heights[network.start(network.rule(edge))] + own));
        } else if (!network.isBytes(edge) || isWritable(edge)) {
            offer(sources[edge], behind);
        }
    }

    private void offer(int state, int height) {
        if (height < heights[state] && height <= Limits.GRAMMAR_DEPTH_MAX) {
            heights[state] = height;
            open.get(height).push(state);
        }
    }

    private boolean isWritable(int edge) {
        for (int value = network.low(edge); value <= network.high(edge); value++) {
            if (writable.test(value)) {
                return true;
            }
        }
        return false;
    }
}
