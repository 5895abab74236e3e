package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Passes of one model behind a prefix of one length. */
final class ContextCase implements AutoCloseable {
    /**
     * Where a pass begins is moved by up to this much from round to round: attention works in aligned blocks of eight, and a
     * pass that crosses a block's border costs more.
     */
    static final int ALIGNMENTS = 8;

    private static final int FILL_TOKENS = 64;

    private final int context;
    private final Tokens text;
    private final Sequence sequence;
    private final Map<Integer, Samples> samples = new TreeMap<>();

    /**
     * @param text at least {@link #tokensNeeded} of it
     * @param sizes of the passes to measure, in tokens
     */
    ContextCase(LanguageModel model, Tokens text, int context, List<Integer> sizes) {
        this.context = context;
        this.text = text;
        this.sequence = model.open();
        sizes.forEach(size -> samples.put(size, new Samples()));
        int all = tokensNeeded(context, sizes);
        for (int at = 0; at < all; at += FILL_TOKENS) {
            sequence.append(text.slice(at, Math.min(all, at + FILL_TOKENS)), 0);
        }
    }

    static int tokensNeeded(int context, List<Integer> sizes) {
        return context
                + ALIGNMENTS
                + sizes.stream().mapToInt(size -> size).max().orElse(0);
    }

    int context() {
        return context;
    }

    /** Times of each pass size. */
    Map<Integer, Samples> samples() {
        return samples;
    }

    /** One pass that is not counted. */
    Pass warmUp(int round) {
        return pass(round, 1);
    }

    /** One pass of every size, each timed; not counted in a round below 0. */
    void measure(int round) {
        samples.forEach((size, times) -> {
            long begin = System.nanoTime();
            pass(Math.floorMod(round, ALIGNMENTS), size);
            long nanos = System.nanoTime() - begin;
            if (round >= 0) {
                times.add(nanos);
            }
        });
    }

    private Pass pass(int round, int size) {
        int from = context + Math.floorMod(round, ALIGNMENTS);
        sequence.truncate(from);
        return sequence.append(text.slice(from, from + size), size);
    }

    @Override
    public void close() {
        sequence.close();
    }
}
