package io.wanspec.functions.store;

import io.wanspec.controller.Progress;

/** What is committed of a session's text, but not durable yet. Used by one thread at a time. */
final class Pending {
    private Progress waiting = Progress.none();

    void add(Progress more) {
        waiting = waiting.plus(more);
    }

    boolean isEmpty() {
        return waiting.isNone();
    }

    int size() {
        return waiting.tokens().size();
    }

    /** The first of it, as much as one item takes; with the finish only if it is all. */
    Progress batch() {
        return first(PartItems.fitting(waiting));
    }

    private Progress first(int count) {
        return new Progress(
                waiting.tokens().slice(0, count),
                waiting.pieces().subList(0, count),
                count == size() ? waiting.finish() : null);
    }

    /** The first so many are durable. Returns what they were. */
    Progress durable(int count) {
        if (count < 0 || count > size()) {
            throw new IllegalStateException("the record has " + count + " tokens more, of " + size());
        }
        Progress written = first(count);
        waiting = count == size()
                ? Progress.none()
                : new Progress(waiting.tokens().from(count), waiting.pieces().subList(count, size()), waiting.finish());
        return written;
    }
}
