package io.wanspec.infra.settings;

/** A model endpoint to be made. */
public record EndpointPlan(ServedFiles model, InstanceRange instances) {}
