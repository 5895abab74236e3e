package io.wanspec.infra.settings;

/** What the estimate of costs counts with. */
public record TrafficForecast(int requestsPerDay, int promptTokens, int answerTokens) {}
