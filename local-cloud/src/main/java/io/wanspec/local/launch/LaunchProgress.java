package io.wanspec.local.launch;

import io.wanspec.local.models.FetchProgress;

/** Is told how a start goes on, from several threads. */
public interface LaunchProgress extends FetchProgress {
    /** Ignores everything. */
    LaunchProgress NONE = new LaunchProgress() {};
}
