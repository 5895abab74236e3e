package io.wanspec.contracts.tree;

import java.util.Arrays;

/** Finds nodes by the digest of their prefix: open addressing over node numbers, no boxing. */
final class NodeIndex {
    private static final int EMPTY = -1;

    private final int[] slots;
    private final int mask;

    NodeIndex(int capacity) {
        slots = new int[Integer.highestOneBit(Math.max(capacity - 1, 1)) * 4];
        mask = slots.length - 1;
        clear();
    }

    void clear() {
        Arrays.fill(slots, EMPTY);
    }

    /** @param branch not held yet, or held by a node that this one replaces as what is found first */
    void put(long branch, int node) {
        int slot = slotOf(branch);
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = node;
    }

    /** @param branches the digest of every node */
    int find(long branch, long[] branches) {
        int slot = slotOf(branch);
        while (slots[slot] != EMPTY) {
            if (branches[slots[slot]] == branch) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        return EMPTY;
    }

    /** Digests are well mixed in their low bits. */
    private int slotOf(long branch) {
        return (int) branch & mask;
    }
}
