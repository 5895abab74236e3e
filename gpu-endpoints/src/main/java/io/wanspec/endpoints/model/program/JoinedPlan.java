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
    private final int kvHeads;
    private final int rowsMin;
    private final List<Integer> placed = new ArrayList<>();
    private final List<Integer> chains = new ArrayList<>();
    private final List<Integer> blocks = new ArrayList<>();
    private final List<Integer> trees = new ArrayList<>();

    /**
     * @param kvHeads key heads of the model
     * @param rowsMin fewest rows of a block of queries; {@link BlockRows} finds it out
     */
    JoinedPlan(List<PassPlan> plans, int kvHeads, int rowsMin) {
        this.plans = plans;
        this.kvHeads = kvHeads;
        this.rowsMin = rowsMin;
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
        int end = placed.size() / kvHeads;
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
     * attention yields; then of each block, of each key head, of each of its rows where its queries are, the row's number times
     * the heads and the head, and {@code count} for an empty row.
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
        int[] queries = placed.stream().mapToInt(place -> place).toArray();
        return Arrays.stream(all(Stream.of(tokens, positions, picks, places, queries)))
                .asLongStream()
                .toArray();
    }

    /** Of each chain its first row, position, row count, plan and number of blocks. */
    long[] chains() {
        return array(chains);
    }

    /** Of each block of queries its rows, the first one's position, and the aligned position that it lies behind. */
    long[] blocks() {
        return array(blocks);
    }

    /** Of each masked plan its first row, slot, row count and number. */
    long[] trees() {
        return array(trees);
    }

    private void addChains(int plan) {
        int[] own = plans.get(plan).chains();
        for (int i = 0; i < own.length; i += 3) {
            int first = firsts[plan] + own[i];
            int before = blocks.size();
            addBlocks(first, own[i + 1], own[i + 2]);
            int added = (blocks.size() - before) / 3;
            chains.addAll(List.of(first, own[i + 1], own[i + 2], plan, added));
        }
    }

    private void addBlocks(int first, int position, int rows) {
        int done = 0;
        while (done < rows) {
            int at = position + done;
            int aligned = at / BLOCK * BLOCK;
            int take = Math.min(rows - done, aligned + BLOCK - at);
            addBlock(first + done, at, aligned, take);
            done += take;
        }
    }

    /** A block with fewer than all rows begins with its first; a whole one has each in the slot of its position. */
    private void addBlock(int first, int position, int aligned, int rows) {
        int slots = Math.max(rows, rowsMin);
        int front = slots == BLOCK ? position - aligned : 0;
        int start = placed.size() / kvHeads;
        for (int row = 0; row < rows; row++) {
            places[first + row] = start + front + row;
        }
        for (int head = 0; head < kvHeads; head++) {
            for (int slot = 0; slot < slots; slot++) {
                int row = slot - front;
                placed.add((row >= 0 && row < rows ? first + row : count) * kvHeads + head);
            }
        }
        blocks.addAll(List.of(slots, (position - front), aligned));
    }

    private int addMasked(int plan, int place) {
        PassPlan masked = plans.get(plan);
        if (!masked.isMasked()) {
            return place;
        }
        trees.addAll(List.of(firsts[plan], masked.slot(), masked.count(), plan));
        for (int row = 0; row < masked.count(); row++) {
            places[firsts[plan] + row] = place + row;
        }
        return place + masked.count();
    }

    private static long[] array(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).toArray();
    }

    private static int[] all(Stream<int[]> parts) {
        return parts.flatMapToInt(Arrays::stream).toArray();
    }
}
