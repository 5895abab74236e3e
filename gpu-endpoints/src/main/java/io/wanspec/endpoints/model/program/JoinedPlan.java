package io.wanspec.endpoints.model.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plans of several sequences as one pass: their rows one after the other, in the plans' order. Chains stand in blocks, as
 * the program's attention needs them; what their attention yields is followed by that of the masked plans' rows.
 */
final class JoinedPlan {
    private static final int BLOCK = LlamaProgram.BLOCK_ROWS;

    private final List<PassPlan> plans;
    private final int[] firsts;
    private final int count;
    private final int wanted;
    private final int[] places;
    private final List<Integer> placed = new ArrayList<>();
    private final List<Long> chains = new ArrayList<>();
    private final List<Long> trees = new ArrayList<>();

    JoinedPlan(List<PassPlan> plans) {
        this.plans = plans;
        firsts = new int[plans.size()];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + plans.get(i - 1).count();
        }
        count = plans.stream().mapToInt(PassPlan::count).sum();
        wanted = plans.stream().mapToInt(PassPlan::wanted).sum();
        places = new int[count];
        for (int i = 0; i < firsts.length; i++) {
            addChains(i);
        }
        int end = placed.size();
        for (int i = 0; i < firsts.length; i++) {
            end = addMasked(i, end);
        }
    }

    int count() {
        return count;
    }

    int wanted() {
        return wanted;
    }

    /** The first row of a plan. */
    int first(int plan) {
        return firsts[plan];
    }

    boolean wantsEntropies() {
        return plans.stream().anyMatch(PassPlan::entropies);
    }

    /**
     * Of each row its token, then of each its position, then the rows that need logits; then of each row its place in what
     * attention yields, then of each place in the blocks its row, or {@code count}.
     */
    long[] rows() {
        int[] picks = new int[wanted];
        int at = 0;
        for (int i = 0; i < firsts.length; i++) {
            for (int pick : plans.get(i).picks()) {
                picks[at++] = firsts[i] + pick;
            }
        }
        int[] tokens = all(plans.stream().map(PassPlan::tokens));
        int[] positions = all(plans.stream().map(PassPlan::positions));
        int[] blocks = placed.stream().mapToInt(row -> row).toArray();
        return Arrays.stream(all(Stream.of(tokens, positions, picks, places, blocks)))
                .asLongStream()
                .toArray();
    }

    /** Of each chain its first row, position, row count and plan. */
    long[] chains() {
        return chains.stream().mapToLong(value -> value).toArray();
    }

    /** Of each masked plan its first row, slot, row count and number. */
    long[] trees() {
        return trees.stream().mapToLong(value -> value).toArray();
    }

    private void addChains(int plan) {
        int[] own = plans.get(plan).chains();
        for (int i = 0; i < own.length; i += 3) {
            int first = firsts[plan] + own[i];
            addBlocks(first, own[i + 1] % BLOCK, own[i + 2]);
            chains.addAll(List.of((long) first, (long) own[i + 1], (long) own[i + 2], (long) plan));
        }
    }

    /** Blocks of a chain whose first row stands in slot {@code front} of the first. */
    private void addBlocks(int first, int front, int rows) {
        int start = placed.size();
        int end = start + Math.ceilDiv(front + rows, BLOCK) * BLOCK;
        for (int place = start; place < end; place++) {
            int row = place - start - front;
            boolean isRow = row >= 0 && row < rows;
            placed.add(isRow ? first + row : count);
            if (isRow) {
                places[first + row] = place;
            }
        }
    }

    private int addMasked(int plan, int place) {
        PassPlan masked = plans.get(plan);
        if (!masked.isMasked()) {
            return place;
        }
        trees.addAll(List.of((long) firsts[plan], (long) masked.slot(), (long) masked.count(), (long) plan));
        for (int row = 0; row < masked.count(); row++) {
            places[firsts[plan] + row] = place + row;
        }
        return place + masked.count();
    }

    private static int[] all(Stream<int[]> parts) {
        return parts.flatMapToInt(Arrays::stream).toArray();
    }
}
