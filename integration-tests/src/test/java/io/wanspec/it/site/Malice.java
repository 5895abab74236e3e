package io.wanspec.it.site;

/** What a worker on site does with a session that it is given. */
enum Malice {
    /** Says nothing. */
    SILENT,
    /** Says that it is ready, and no more. */
    IDLE,
    /** Serves a model of another vocabulary. */
    OTHER_VOCABULARY,
    /** Speaks another version. */
    OTHER_PROTOCOL,
    /** Another model under the right name: its drafts are placed well, and wrong. */
    WRONG_DRAFTS,
    /** The same, a frame now and then. */
    DRIP,
    /** The same, as many as the connection takes. */
    FLOOD,
    /** Drafts for positions that nobody asked for. */
    ANYWHERE,
    /** Claims passes that took no time, or an hour. */
    LIES,
    /** What is no frame. */
    GARBAGE,
    /** What is longer than a frame may be. */
    TOO_LARGE,
    /** Frames that only a function sends. */
    IMPOSTER,
    /** Refuses, with any code. */
    REFUSES,
    /** Leaves in the middle. */
    LEAVES,
    /** Says, when it comes, that it serves another vocabulary. */
    CLAIMS_VOCABULARY,
    /** Says, when it comes, that it speaks the oldest version. */
    CLAIMS_PROTOCOL;

    /** Whether sessions are given to it. */
    boolean isMet() {
        return this != CLAIMS_VOCABULARY && this != CLAIMS_PROTOCOL;
    }
}
