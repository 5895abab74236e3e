package io.wanspec.endpoints.model.program;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one forward pass computes.
 *
 * @param rows of each row its token, then of each its position, then the rows that need logits
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
        return new PassPlan(
                join(tokens, positions, last), count, wanted, new long[] {0, position, count}, AT_POSITIONS, NO_MASK);
    }

    /** A tree behind {@code position}; logits of every node, in the order of {@code tokens}. */
    static PassPlan tree(int[] tokens, TreeOrder order, int position) {
        int count = tokens.length;
        int[] places = order.places();
        int[] ordered = new int[count];
        int[] positions = new int[count];
        for (int node = 0; node < count; node++) {
            ordered[places[node]] = tokens[node];
            positions[places[node]] = position + order.depth(node);
        }
        long[] chains = order.chains().stream()
                .flatMap(chain -> Stream.of(chain.first(), position + chain.depth(), chain.count()))
                .mapToLong(Integer::longValue)
                .toArray();
        return new PassPlan(join(ordered, positions, places), count, count, chains, AT_POSITIONS, NO_MASK);
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
