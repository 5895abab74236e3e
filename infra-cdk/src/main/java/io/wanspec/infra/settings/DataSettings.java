package io.wanspec.infra.settings;

/**
 * @param customerKey whether table, queues, logs and topics are encrypted with a key of one's own in KMS
 * @param hours that sessions and responses can be looked up
 */
public record DataSettings(boolean customerKey, int hours) {}
