package io.wanspec.drafting;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import java.util.Arrays;
import java.util.List;

/** Collects the columns of one {@link DraftFrame.Drafted} after the other. */
final class FrameBuilder {
    private final int[] positions = new int[Limits.DRAFTED_PREFIXES_MAX];
    private final int[] entropies = new int[Limits.DRAFTED_PREFIXES_MAX];
    private final int[] counts = new int[Limits.DRAFTED_PREFIXES_MAX];
    private final int[] tokens = new int[Limits.DRAFTED_PREFIXES_MAX * Limits.CANDIDATES_MAX];
    private final int[] surprisals = new int[Limits.DRAFTED_PREFIXES_MAX * Limits.CANDIDATES_MAX];
    private final Branch[] branches = new Branch[Limits.DRAFTED_PREFIXES_MAX];
    private int prefixes;
    private int candidates;

    void clear() {
        prefixes = 0;
        candidates = 0;
    }

    /** Whether there is no room for another prefix. */
    boolean isFull() {
        return prefixes == Limits.DRAFTED_PREFIXES_MAX;
    }

    boolean isEmpty() {
        return prefixes == 0;
    }

    /** What the {@code at}-th outlook says behind {@code node}. */
    void add(DraftTree tree, int node, Outlooks outlooks, int at) {
        if (prefixes == Limits.DRAFTED_PREFIXES_MAX) {
            return;
        }
        int prefix = prefixes++;
        positions[prefix] = tree.position(node) + 1;
        entropies[prefix] = outlooks.entropy(at);
        counts[prefix] = outlooks.count(at);
        branches[prefix] = new Branch(tree.branch(node));
        for (int rank = 0; rank < outlooks.count(at); rank++) {
            tokens[candidates] = outlooks.token(at, rank);
            surprisals[candidates++] = outlooks.surprisal(at, rank);
        }
    }

    DraftFrame.Drafted build(int committed, int passes, long micros) {
        return new DraftFrame.Drafted(
                Ints.of(positions, prefixes),
                List.of(Arrays.copyOf(branches, prefixes)),
                Ints.of(entropies, prefixes),
                Ints.of(counts, prefixes),
                Tokens.of(tokens, candidates),
                Ints.of(surprisals, candidates),
                committed,
                passes,
                micros);
    }
}
