package io.wanspec.endpoints.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What passes over many sequences take: each case once a round, in turn, with logits of every row. */
final class BatchCosts implements AutoCloseable {
    static final List<Integer> SEQUENCES = List.of(1, 2, 4, 8, 16, 32);
    static final List<Integer> ROWS = List.of(1, 5);

    /** Longest first: the next ones are what is left when the sequences are cut. */
    private static final List<Integer> CONTEXTS = List.of(1_024, 512, 128);

    private static final int ALIGNMENTS = AlignedSamples.ALIGNMENTS;
    private static final int FILL_TOKENS = 64;
    private static final int WARM_UP_ROUNDS = 4;

    private final LanguageModel model;
    private final Tokens text;
    private final List<Integer> contexts;
    private final List<Sequence> sequences;
    private final Map<Shape, Samples> samples = new LinkedHashMap<>();

    /**
     * A case.
     *
     * @param context tokens before the pass, up to seven more
     * @param rows of each sequence
     */
    private record Shape(int context, int sequences, int rows) {}

    BatchCosts(LanguageModel model) {
        this.model = model;
        int room = model.identity().contextTokens() - ALIGNMENTS - ROWS.getLast();
        contexts = CONTEXTS.stream().filter(context -> context <= room).toList();
        if (contexts.isEmpty()) {
            throw new IllegalArgumentException(
                    "the model holds too few tokens, " + model.identity().contextTokens());
        }
        text = Prose.tokens(model.text(), contexts.getFirst() + ALIGNMENTS + ROWS.getLast());
        sequences = IntStream.range(0, SEQUENCES.getLast())
                .mapToObj(i -> model.open())
                .toList();
        sequences.forEach(this::fill);
    }

    private void fill(Sequence sequence) {
        int end = contexts.getFirst() + ALIGNMENTS;
        for (int at = 0; at < end; at += FILL_TOKENS) {
            sequence.append(text.slice(at, Math.min(end, at + FILL_TOKENS)), 0);
        }
    }

    /** @param rounds how often every case is measured */
    void run(int rounds) {
        for (int context : contexts) {
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (int count : SEQUENCES) {
                    for (int rows : ROWS) {
                        measure(new Shape(context, count, rows), round);
                    }
                }
            }
        }
    }

    /** Sequences stand at all alignments, since those of a server do. */
    private void measure(Shape shape, int round) {
        List<SequencePass> parts = new ArrayList<>();
        for (int i = 0; i < shape.sequences(); i++) {
            int from = shape.context() + Math.floorMod(round + i, ALIGNMENTS);
            Sequence sequence = sequences.get(i);
            sequence.truncate(Math.min(from, sequence.length()));
            if (sequence.length() < from) {
                sequence.append(text.slice(sequence.length(), from), 0);
            }
            parts.add(new SequencePass.Append(sequence, text.slice(from, from + shape.rows()), shape.rows()));
        }
        long begin = System.nanoTime();
        List<PassResult> results = model.run(parts);
        long nanos = System.nanoTime() - begin;
        if (!results.stream().allMatch(PassResult.Done.class::isInstance)) {
            throw new IllegalStateException("a pass failed: " + results);
        }
        if (round >= 0) {
            samples.computeIfAbsent(shape, key -> new Samples()).add(nanos);
        }
    }

    /** One object for each case; times of a pass in milliseconds. */
    ArrayNode report() {
        ArrayNode report = JsonNodeFactory.instance.arrayNode();
        samples.forEach((shape, times) -> {
            ObjectNode entry = report.addObject();
            entry.put("context", shape.context());
            entry.put("sequences", shape.sequences());
            entry.put("rows", shape.rows());
            entry.put("medianMs", times.medianMs());
            entry.put("quartileMs", times.quartileMs());
            entry.put("minMs", times.minMs());
        });
        return report;
    }

    @Override
    public void close() {
        sequences.forEach(Sequence::close);
    }
}
