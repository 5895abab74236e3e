package io.wanspec.controller;

import io.wanspec.contracts.SamplingOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a request says beforehand of how often drafts will be right: how warm it is, and whether a grammar binds its text. There are
 * as many kinds as there are constants here, whatever clients send. Their names are kept in the table.
 */
public enum RequestKind {
    GREEDY(0, false),
    COOL(1, false),
    WARM(2, false),
    HOT(3, false),
    GREEDY_BOUND(0, true),
    COOL_BOUND(1, true),
    WARM_BOUND(2, true),
    HOT_BOUND(3, true);

    private static final double COOL_MAX = 0.5;
    private static final double WARM_MAX = 1;

    /** A grammar makes as much of a difference as two bands of temperature. */
    private static final int BOUND_DISTANCE = 2;

    /** Of temperature, from 0 on. */
    private final int band;

    private final boolean bound;

    RequestKind(int band, boolean bound) {
        this.band = band;
        this.bound = bound;
    }

    /** The kind of a request that asks for this. */
    public static RequestKind of(SamplingOptions sampling) {
        boolean bound = sampling.rules() != null && sampling.rules().grammar() != null;
        if (sampling.isGreedy()) {
            return bound ? GREEDY_BOUND : GREEDY;
        }
        if (sampling.temperature() <= COOL_MAX) {
            return bound ? COOL_BOUND : COOL;
        }
        if (sampling.temperature() <= WARM_MAX) {
            return bound ? WARM_BOUND : WARM;
        }
        return bound ? HOT_BOUND : HOT;
    }

    /** The others, the most alike first; of two that are as much alike the warmer one, whose lessons are the more careful. */
    List<RequestKind> others() {
        return Arrays.stream(values())
                .filter(other -> other != this)
                .sorted(Comparator.comparingInt(this::distance).thenComparingInt(other -> -other.band))
                .toList();
    }

    private int distance(RequestKind other) {
        return Math.abs(band - other.band) + (bound == other.bound ? 0 : BOUND_DISTANCE);
    }
}
