package io.wanspec.functions.store;

import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import org.jspecify.annotations.Nullable;

/** What is committed of a session's text, but not durable yet. One thread adds to it, another one takes from it. */
final class Pending {
    private Progress waiting = Progress.none();

    synchronized void add(Progress more) {
        waiting = waiting.plus(more);
    }

    synchronized boolean isEmpty() {
        return waiting.isNone();
    }

    /** How the text ended: as was said behind its last token, if not with it. */
    synchronized @Nullable FinishReason finishAfter(@Nullable FinishReason durable) {
        return waiting.finish() == null ? durable : waiting.finish();
    }

    /** The first of it, as much as one item takes; with the finish only if it is all. It stays until it is durable. */
    synchronized Progress batch() {
        return first(PartItems.fitting(waiting));
    }

    /** The first so many are durable. Returns what they were. */
    synchronized Progress durable(int count) {
        if (count < 0 || count > size()) {
            throw new IllegalStateException("the record has " + count + " tokens more, of " + size());
        }
        Progress written = first(count);
        waiting = count == size() ? Progress.none() : waiting.slice(count, size(), waiting.finish());
        return written;
    }

    private Progress first(int count) {
        return waiting.slice(0, count, count == size() ? waiting.finish() : null);
    }

    private int size() {
        return waiting.tokens().size();
    }
}
