package io.wanspec.local.launch;

import io.wanspec.emulator.pip.FetchProgress;

/** Is told how a start goes on, from several threads. */
public interface LaunchProgress extends FetchProgress {
    /** Ignores everything. */
    LaunchProgress NONE = new LaunchProgress() {};

    /** {@code done} of {@code total} of what the step does are done. */
    default void count(int done, int total) {}
}
