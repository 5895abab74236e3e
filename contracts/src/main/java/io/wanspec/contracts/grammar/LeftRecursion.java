package io.wanspec.contracts.grammar;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Finds rules that begin with themselves: what they stand for would be looked for without end before the first byte. */
final class LeftRecursion {
    private final GrammarNetwork network;
    private final BitSet empty = new BitSet();

    /** Of each rule those that it may begin with. */
    private final BitSet[] begins;

    private final BitSet done = new BitSet();
    private final BitSet under = new BitSet();

    LeftRecursion(GrammarNetwork network) {
        this.network = network;
        begins = new BitSet[network.rules()];
    }

    /** @throws IllegalArgumentException if there is one */
    void refuse() {
        findEmpty();
        for (int rule = 0; rule < network.rules(); rule++) {
            begins[rule] = begins(rule);
        }
        for (int rule = 0; rule < network.rules(); rule++) {
            look(rule);
        }
    }

    /** Goes through all that a rule may begin with, on a path of its own: no rule may come twice on it. */
    private void look(int rule) {
        Deque<Integer> path = new ArrayDeque<>();
        path.push(rule);
        while (!path.isEmpty()) {
            int at = path.peek();
            under.set(at);
            int next = next(at);
            if (next < 0) {
                under.clear(at);
                done.set(at);
                path.pop();
            } else if (under.get(next)) {
                throw new IllegalArgumentException("a grammar must not have a rule that begins with itself");
            } else {
                path.push(next);
            }
        }
    }

    private int next(int rule) {
        if (done.get(rule)) {
            return -1;
        }
        BitSet left = begins[rule];
        left.andNot(done);
        return left.nextSetBit(0);
    }

    /** Which rules may stand for nothing. Those that are called mostly have higher numbers. */
    private void findEmpty() {
        for (boolean found = true; found; ) {
            found = false;
            for (int rule = network.rules() - 1; rule >= 0; rule--) {
                if (!empty.get(rule) && reached(rule).get(network.end(rule))) {
                    empty.set(rule);
                    found = true;
                }
            }
        }
    }

    private BitSet begins(int rule) {
        BitSet begins = new BitSet();
        BitSet reached = reached(rule);
        for (int state = reached.nextSetBit(0); state >= 0; state = reached.nextSetBit(state + 1)) {
            for (int edge = network.firstEdge(state); edge >= 0; edge = network.nextEdge(edge)) {
                if (network.isCall(edge)) {
                    begins.set(network.rule(edge));
                }
            }
        }
        return begins;
    }

    /** The states of a rule before its first byte. */
    private BitSet reached(int rule) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(network.start(rule));
        while (!open.isEmpty()) {
            int state = open.pop();
            if (reached.get(state)) {
                continue;
            }
            reached.set(state);
            for (int edge = network.firstEdge(state); edge >= 0; edge = network.nextEdge(edge)) {
                if (!network.isBytes(edge) && (!network.isCall(edge) || empty.get(network.rule(edge)))) {
                    open.push(network.target(edge));
                }
            }
        }
        return reached;
    }
}
