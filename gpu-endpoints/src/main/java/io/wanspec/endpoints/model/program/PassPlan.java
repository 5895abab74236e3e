package io.wanspec.endpoints.model.program;

import java.util.stream.IntStream;

/**
 * What one forward pass computes of one sequence.
 *
 * @param tokens of each row its place in the embedding table
 * @param positions of each row
 * @param picks the rows that need logits
 * @param chains of each chain its first row, position and row count, in an order in which every chain finds its ancestors in
 *     the cache; empty if {@code slot} is given
 * @param slot of the cache where the first row's keys and values go, or -1 if that is the rows' positions
 * @param mask {@code [rows, n]}, added to scores of the last n slots up to the last row's
 * @param entropies whether those of the logits are wanted
 */
@SuppressWarnings("ArrayRecordComponent") // read once by the program, never compared
record PassPlan(int[] tokens, int[] positions, int[] picks, int[] chains, int slot, float[] mask, boolean entropies) {
    private static final int AT_POSITIONS = -1;
    private static final float[] NO_MASK = {};

    /** Consecutive positions; logits of the last {@code wanted} tokens. */
    static PassPlan chain(int[] tokens, int position, int wanted) {
        int count = tokens.length;
        int[] positions = IntStream.range(position, position + count).toArray();
        int[] last = IntStream.range(count - wanted, count).toArray();
        return new PassPlan(tokens, positions, last, new int[] {0, position, count}, AT_POSITIONS, NO_MASK, wanted > 0);
    }

    /** A tree behind {@code position}; logits of every node, in the order of {@code tokens}. */
    static PassPlan tree(int[] tokens, TreeOrder order, int position) {
        int[] places = order.places();
        int[] ordered = new int[tokens.length];
        int[] positions = new int[tokens.length];
        for (int node = 0; node < tokens.length; node++) {
            ordered[places[node]] = tokens[node];
            positions[places[node]] = position + order.depth(node);
        }
        int[] chains = order.chains().stream()
                .flatMapToInt(chain -> IntStream.of(chain.first(), position + chain.depth(), chain.count()))
                .toArray();
        return new PassPlan(ordered, positions, places, chains, AT_POSITIONS, NO_MASK, false);
    }

    /** Rows that see what {@code mask} lets them see, with keys and values from {@code slot} on; logits of every row. */
    static PassPlan masked(int[] tokens, int[] positions, int slot, float[] mask) {
        int[] all = IntStream.range(0, tokens.length).toArray();
        return new PassPlan(tokens, positions, all, new int[0], slot, mask, true);
    }

    int count() {
        return tokens.length;
    }

    int wanted() {
        return picks.length;
    }

    boolean isMasked() {
        return slot != AT_POSITIONS;
    }
}
