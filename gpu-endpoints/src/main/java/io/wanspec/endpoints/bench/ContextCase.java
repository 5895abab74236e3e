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
    private static final int FILL_TOKENS = 64;

    private final int context;
    private final Tokens text;
    private final Sequence sequence;
    private final Map<Integer, AlignedSamples> samples = new TreeMap<>();

    /**
     * @param text at least {@link #tokensNeeded} of it
     * @param sizes of the passes to measure, in tokens
     */
    ContextCase(LanguageModel model, Tokens text, int context, List<Integer> sizes) {
        this.context = context;
        this.text = text;
        this.sequence = model.open();
        sizes.forEach(size -> samples.put(size, new AlignedSamples()));
        int all = tokensNeeded(context, sizes);
        for (int at = 0; at < all; at += FILL_TOKENS) {
            sequence.append(text.slice(at, Math.min(all, at + FILL_TOKENS)), 0);
        }
    }

    static int tokensNeeded(int context, List<Integer> sizes) {
        return context
                + AlignedSamples.ALIGNMENTS
                + sizes.stream().mapToInt(size -> size).max().orElse(0);
    }

    int context() {
        return context;
    }

    /** Times of each pass size. */
    Map<Integer, AlignedSamples> samples() {
        return samples;
    }

    /** One pass that is not counted. */
    Pass warmUp(int round) {
        return pass(round, 1);
    }

    /** One pass of every size, each timed, another alignment each round; not counted in a round below 0. */
    void measure(int round) {
        samples.forEach((size, times) -> {
            long begin = System.nanoTime();
            pass(round, size);
            long nanos = System.nanoTime() - begin;
            if (round >= 0) {
                times.add(alignment(round), nanos);
            }
        });
    }

    private Pass pass(int round, int size) {
        int from = context + alignment(round);
        sequence.truncate(from);
        return sequence.append(text.slice(from, from + size), size);
    }

    private static int alignment(int round) {
        return Math.floorMod(round, AlignedSamples.ALIGNMENTS);
    }

    @Override
    public void close() {
        sequence.close();
    }
}
