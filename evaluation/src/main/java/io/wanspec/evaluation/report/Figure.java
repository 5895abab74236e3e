package io.wanspec.evaluation.report;

/**
 * A chart with its place in the report.
 *
 * @param name of its file
 * @param meaning what it shows, in a sentence
 */
record Figure(String name, String meaning, Chart chart) {}
