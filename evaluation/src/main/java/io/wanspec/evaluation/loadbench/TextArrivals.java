package io.wanspec.evaluation.loadbench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * When which part of a text came. A stream does not say how many tokens a part has, so tokens are spread over the text's characters.
 *
 * @param askedNanos when it was asked for
 * @param parts in the order of their times
 */
record TextArrivals(long askedNanos, List<Part> parts) {
    TextArrivals {
        parts = List.copyOf(parts);
    }

    /**
     * A part of a text.
     *
     * @param atNanos when it came
     * @param characters how many, at least one
     */
    record Part(long atNanos, int characters) {}

    /** Until the first part came. */
    OptionalLong firstNanos() {
        return parts.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parts.getFirst().atNanos() - askedNanos);
    }

    /**
     * Tokens that came within the window.
     *
     * @param tokens of all parts together
     */
    double tokensWithin(Window window, double tokens) {
        double all = characters(parts);
        return all == 0
                ? 0
                : tokens
                        * characters(parts.stream()
                                .filter(part -> window.contains(part.atNanos()))
                                .toList())
                        / all;
    }

    private static long characters(List<Part> some) {
        return some.stream().mapToLong(Part::characters).sum();
    }

    /** Notes parts as they come. */
    static final class Noting {
        private final long askedNanos;
        private final List<Part> parts = new ArrayList<>();

        Noting(long askedNanos) {
            this.askedNanos = askedNanos;
        }

        synchronized void came(long atNanos, String piece) {
            parts.add(new Part(atNanos, piece.length()));
        }

        synchronized TextArrivals soFar() {
            return new TextArrivals(askedNanos, parts);
        }
    }
}
