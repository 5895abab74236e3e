package io.wanspec.infra.settings;

/**
 * A site whose machines dial in.
 *
 * @param id the worker's, in answers and metrics
 * @param name as its workers' tokens have it, and keys that allow it
 */
public record AllowedSite(String id, String name, SitePrompts prompts) {}
