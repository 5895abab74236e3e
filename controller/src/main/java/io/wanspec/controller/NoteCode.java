package io.wanspec.controller;

/** What a {@link Action.Note} is about. */
public enum NoteCode {
    WORKER_LOST,
    WORKER_REOPENED,
    WORKER_REPLACED,
    WORKER_INVALID_FRAME,
    TARGET_REOPENED,
    TARGET_FORGOT_PREFIX,
    LINK_MOVED,
    SPECULATION_HELD_BACK
}
