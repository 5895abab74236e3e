package io.wanspec.functions.settings;

/**
 * Who is told what sessions cost.
 *
 * @param open whether {@code /metrics} answers callers from other machines, too
 * @param embedded whether each session ends with a line in CloudWatch's embedded metric format on standard output
 */
public record MetricsSettings(boolean open, boolean embedded) {}
