package io.wanspec.endpoints.bench;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times of one pass, kept apart by where it begins in a block of positions: attention works in aligned blocks of eight, and a
 * pass that crosses a block's border costs more. A median over all would lie somewhere between those two costs; the figures
 * here are means over alignments, as generation meets all of them alike.
 */
final class AlignedSamples {
    static final int ALIGNMENTS = 8;

    private final Samples[] byAlignment =
            IntStream.range(0, ALIGNMENTS).mapToObj(i -> new Samples()).toArray(Samples[]::new);

    void add(int alignment, long nanos) {
        byAlignment[alignment].add(nanos);
    }

    double medianMs() {
        return mean(Samples::medianMs);
    }

    double minMs() {
        return mean(Samples::minMs);
    }

    /** Largest ratio of the medians at one alignment. */
    double worstRatioTo(AlignedSamples other) {
        return IntStream.range(0, ALIGNMENTS)
                .filter(i -> byAlignment[i].size() > 0)
                .mapToDouble(i -> byAlignment[i].medianMs() / other.byAlignment[i].medianMs())
                .max()
                .orElseThrow();
    }

    private double mean(ToDoubleFunction<Samples> figure) {
        return Stream.of(byAlignment)
                .filter(samples -> samples.size() > 0)
                .mapToDouble(figure)
                .average()
                .orElseThrow();
    }
}
