package io.wanspec.endpoints.compute;

import io.wanspec.endpoints.model.SequencePass;

/**
 * A job's part of a pass.
 *
 * @param engine that runs it: only parts for one engine can share a pass
 */
public record PassRequest(Engine engine, SequencePass part) {}
