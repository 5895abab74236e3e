package io.wanspec.contracts.request;

/** What a request wants of its session's timeline. */
public enum TimelineWish implements Choice {
    /** Nothing in its stream and nothing in its record. */
    NONE,
    /** The events, without text. */
    EVENTS,
    /** The events, with token ids and texts. */
    TEXT;

    public boolean isAsked() {
        return this != NONE;
    }
}
