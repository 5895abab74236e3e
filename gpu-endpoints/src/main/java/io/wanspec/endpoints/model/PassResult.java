package io.wanspec.endpoints.model;

/** What became of one sequence's part of a pass. */
public sealed interface PassResult {
    /** It was computed. */
    record Done(Pass pass) implements PassResult {}

    /** It was not, and its sequence is as long as before. */
    record Failed(Throwable why) implements PassResult {}

    /** Runs a part alone. */
    static PassResult of(SequencePass part) {
        try {
            return new Done(part.run());
        } catch (RuntimeException | Error e) {
            return new Failed(e);
        }
    }
}
