package io.wanspec.functions.store;

import io.wanspec.controller.Progress;
import java.time.Clock;

/**
 * One session's record as its owner writes it, one call to the table at a time: first that there is one, then what is committed,
 * in batches, and at last how it ended. Each write renews the lease. A call that throws may be repeated, and has to be before the
 * next kind of call. Used by one thread, but for {@link #committed}.
 */
final class Recording {
    private final SessionTable table;
    private final Clock clock;
    private final SessionInput input;
    private final Pending pending = new Pending();
    private SessionHead head;
    private boolean created;

    /** How a session ended here; {@code RUNNING} if another function is to go on with it. */
    record End(SessionStatus status, String ledger, String failure) {}

    /** @param created whether there is a record already */
    Recording(SessionTable table, Clock clock, SessionHead head, SessionInput input, boolean created) {
        this.table = table;
        this.clock = clock;
        this.head = head;
        this.input = input;
        this.created = created;
    }

    SessionHead head() {
        return head;
    }

    boolean isCreated() {
        return created;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    void committed(Progress more) {
        pending.add(more);
    }

    Written create() {
        renew();
        Written written = table.create(head, input);
        created = !(written instanceof Written.Lost);
        return written;
    }

    /** A batch, or the lease alone. */
    Written next() {
        renew();
        Progress batch = pending.batch();
        if (batch.isNone()) {
            return table.renew(head);
        }
        int upTo = head.committedTokens() + batch.tokens().size();
        Written written = table.append(head.with(upTo, batch.finish()), batch);
        switch (written) {
            case Written.Done done -> durable(upTo);
            case Written.Already(var committed) -> durable(committed);
            case Written.Lost taken -> {}
        }
        return written;
    }

    /** Behind everything that is committed. */
    Written finish(End how) {
        return how.status() == SessionStatus.RUNNING
                ? table.release(head)
                : table.end(head.with(head.committedTokens(), pending.finishAfter(head.finish()))
                        .ended(how.status(), how.ledger(), how.failure()));
    }

    private void renew() {
        head = head.with(head.lease().renewed(clock.instant()));
    }

    private void durable(int committed) {
        Progress written = pending.durable(committed - head.committedTokens());
        head = head.with(committed, written.finish());
    }
}
