package io.wanspec.evaluation.report;

import java.util.List;

/**
 * What a chart shows, whoever draws it. Where every value is a ratio to co-located speculation (B1), a line marks where that
 * ratio is 1: across the chart if its vertical axis has numbers, else down it.
 *
 * @param title also names the chart to readers who hear it
 * @param toB1 whether values are such ratios
 */
record Chart(String title, Axis.Numbers x, Axis y, List<Series> series, boolean toB1) {
    /** Of ratios to B1. */
    Chart(String title, Axis.Numbers x, Axis y, List<Series> series) {
        this(title, x, y, series, true);
    }

    Chart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a chart without series shows nothing: " + title);
        }
    }
}
