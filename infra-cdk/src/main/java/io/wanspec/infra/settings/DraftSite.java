package io.wanspec.infra.settings;

/** @param id the worker's */
public record DraftSite(String id, RegionSite site, EndpointPlan endpoint) {}
