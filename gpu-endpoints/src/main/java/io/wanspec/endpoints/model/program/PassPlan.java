package io.wanspec.endpoints.model.program;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one forward pass computes.
 *
 * @param rows of each row its token, then of each its position, then the rows that need logits; with chains also of each its
 *     place in their blocks, then of each place its row or {@code count}
 * @param chains of each chain its first row, position and row count; empty if {@code slot} is given
 * @param slot of the cache where the first row's keys and values go, or -1 if that is the rows' positions
 * @param mask {@code [count, n]}, added to scores of the last n slots up to the last row's
 */
@SuppressWarnings("ArrayRecordComponent") // read once by the program, never compared
record PassPlan(long[] rows, int count, int wanted, long[] chains, int slot, float[] mask) {
    private static final int AT_POSITIONS = -1;
    private static final float[] NO_MASK = {};

    /** Consecutive positions; logits of the last {@code wanted} tokens. */
    static PassPlan chain(int[] tokens, int position, int wanted) {
        int count = tokens.length;
        int[] positions = IntStream.range(position, position + count).toArray();
        int[] last = IntStream.range(count - wanted, count).toArray();
        return chains(tokens, positions, last, new int[] {0, position, count});
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
        return chains(ordered, positions, places, chains);
    }

    private static PassPlan chains(int[] tokens, int[] positions, int[] picks, int[] chains) {
        int rows = LlamaProgram.BLOCK_ROWS;
        int[] places = new int[tokens.length];
        int end = 0;
        for (int i = 0; i < chains.length; i += 3) {
            int front = chains[i + 1] % rows;
            for (int row = 0; row < chains[i + 2]; row++) {
                places[chains[i] + row] = end + front + row;
            }
            end += Math.ceilDiv(front + chains[i + 2], rows) * rows;
        }
        int[] placed = new int[end];
        Arrays.fill(placed, tokens.length);
        for (int row = 0; row < places.length; row++) {
            placed[places[row]] = row;
        }
        long[] all = join(tokens, positions, picks, places, placed);
        return new PassPlan(all, tokens.length, picks.length, join(chains), AT_POSITIONS, NO_MASK);
    }

    /** Rows that see what {@code mask} lets them see, with keys and values from {@code slot} on; logits of every row. */
    static PassPlan masked(int[] tokens, int[] positions, int slot, float[] mask) {
        int count = tokens.length;
        int[] all = IntStream.range(0, count).toArray();
        return new PassPlan(join(tokens, positions, all), count, count, new long[0], slot, mask);
    }

    /** Width of {@link #mask}. */
    int masked() {
        return mask.length / count;
    }

    private static long[] join(int[]... parts) {
        return Stream.of(parts).flatMapToInt(IntStream::of).asLongStream().toArray();
    }
}
