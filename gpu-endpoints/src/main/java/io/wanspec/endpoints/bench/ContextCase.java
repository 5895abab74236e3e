package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Passes of one model behind a prefix of one length. */
final class ContextCase implements AutoCloseable {
    private static final int FILL_TOKENS = 64;

    private final int context;
    private final Tokens text;
    private final Sequence sequence;
    private final Map<PassCase, AlignedSamples> samples = new LinkedHashMap<>();

    /**
     * @param text at least {@link #tokensNeeded} of it
     * @param cases to measure
     */
    ContextCase(LanguageModel model, Tokens text, int context, List<PassCase> cases) {
        this.context = context;
        this.text = text;
        this.sequence = model.open();
        cases.forEach(each -> samples.put(each, new AlignedSamples()));
        int all = tokensNeeded(context, cases);
        for (int at = 0; at < all; at += FILL_TOKENS) {
            sequence.append(text.slice(at, Math.min(all, at + FILL_TOKENS)), 0);
        }
    }

    static int tokensNeeded(int context, List<PassCase> cases) {
        return context
                + AlignedSamples.ALIGNMENTS
                + cases.stream().mapToInt(PassCase::tokens).max().orElse(0);
    }

    int context() {
        return context;
    }

    /** Times of each case. */
    Map<PassCase, AlignedSamples> samples() {
        return samples;
    }

    /** One pass that is not counted. */
    Pass warmUp(int round) {
        return prepare(round, new PassCase.Run(1)).get();
    }

    /** One pass of every case, each timed, another alignment each round; not counted in a round below 0. */
    void measure(int round) {
        samples.forEach((each, times) -> {
            Supplier<Pass> pass = prepare(round, each);
            long begin = System.nanoTime();
            var _ = pass.get();
            long nanos = System.nanoTime() - begin;
            if (round >= 0) {
                times.add(alignment(round), nanos);
            }
        });
    }

    private Supplier<Pass> prepare(int round, PassCase each) {
        int from = context + alignment(round);
        sequence.truncate(Math.min(from, sequence.length()));
        if (sequence.length() < from) {
            // The case before this one kept less than this one begins behind.
            sequence.append(text.slice(sequence.length(), from), 0);
        }
        return each.prepare(sequence, text.from(from));
    }

    private static int alignment(int round) {
        return Math.floorMod(round, AlignedSamples.ALIGNMENTS);
    }

    @Override
    public void close() {
        sequence.close();
    }
}
