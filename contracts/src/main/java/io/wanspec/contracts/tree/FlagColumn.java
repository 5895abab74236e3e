package io.wanspec.contracts.tree;

import java.util.Arrays;

/** A yes or no for every node of a {@link DraftTree}; no until it is set. */
public final class FlagColumn extends Column {
    private final boolean[] flags;

    FlagColumn(int capacity) {
        flags = new boolean[capacity];
    }

    public boolean isSet(int node) {
        return flags[node];
    }

    public void set(int node) {
        flags[node] = true;
    }

    @Override
    void renumber(int[] order, int kept, int before) {
        boolean[] old = Arrays.copyOf(flags, before);
        for (int i = 0; i < kept; i++) {
            flags[i] = old[order[i]];
        }
        Arrays.fill(flags, kept, before, false);
    }
}
