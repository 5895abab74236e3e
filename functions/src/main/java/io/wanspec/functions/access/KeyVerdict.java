package io.wanspec.functions.access;

/** Whether a key opens anything. */
public sealed interface KeyVerdict {
    /** It does. */
    record Valid(AccessKey key) implements KeyVerdict {}

    /** It does not, and will not. */
    record Refused(Reason reason) implements KeyVerdict {}

    /** It did once. */
    record Ended(AccessKey key, Reason reason) implements KeyVerdict {}

    /** Nobody can say now: too many unknown keys at once, or the table does not answer. */
    record Undecided(String why) implements KeyVerdict {}

    /** Why a key is refused. All of them are told to clients in the same way, but for those that no table was asked about. */
    enum Reason {
        MISSING,
        MALFORMED,
        UNKNOWN,
        REVOKED,
        EXPIRED
    }
}
