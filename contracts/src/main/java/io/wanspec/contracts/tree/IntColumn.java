package io.wanspec.contracts.tree;

import java.util.Arrays;

/** A number for every node of a {@link DraftTree}; 0 until it is set. */
public final class IntColumn extends Column {
    private final int[] values;

    IntColumn(int capacity) {
        values = new int[capacity];
    }

    public int get(int node) {
        return values[node];
    }

    public void set(int node, int value) {
        values[node] = value;
    }

    @Override
    void renumber(int[] order, int kept, int before) {
        int[] old = Arrays.copyOf(values, before);
        for (int i = 0; i < kept; i++) {
            values[i] = old[order[i]];
        }
        Arrays.fill(values, kept, before, 0);
    }
}
