package io.wanspec.functions.http;

import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.table.Unwritten;
import io.wanspec.functions.table.Write;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A request that can start, with what it has reserved of its key's budget. Closed without a start it gives all of that back, unless
 * its session may be in the table: then another function may go on with it, and settles what it used. Used by one thread.
 */
final class PreparedRequest implements AutoCloseable {
    private final SessionRequest session;
    private final Optional<Budgets> budgets;
    private final Consumer<SessionRequest> unclear;
    private Standing standing = Standing.HERE;

    /** Who answers for what was reserved. */
    private enum Standing {
        HERE,
        /** Whoever finds the record. */
        ANYWHERE,
        /** The table did not say whether there is one: whoever finds it, or else this function. */
        UNCLEAR,
        SESSION
    }

    /** @param unclear told of a session that does not start, if its record may be in the table and may not */
    PreparedRequest(SessionRequest session, Optional<Budgets> budgets, Consumer<SessionRequest> unclear) {
        this.session = session;
        this.budgets = budgets;
        this.unclear = unclear;
    }

    SessionRequest session() {
        return session;
    }

    /** Makes the session's record, or not: the table says which, or does not answer. */
    Write recorded(Supplier<Write> write) {
        Standing before = standing;
        standing = Standing.ANYWHERE;
        try {
            Write answer = write.get();
            if (!answer.tookEffect()) {
                standing = Standing.HERE;
            }
            return answer;
        } catch (RuntimeException e) {
            failed(e, before);
            throw e;
        }
    }

    /** What certainly wrote nothing leaves everything as it was, and so does what fails once there is a record. */
    private void failed(RuntimeException e, Standing before) {
        if (Unwritten.isCertain(e)) {
            standing = before;
        } else if (before == Standing.HERE && e instanceof SdkException) {
            standing = Standing.UNCLEAR;
        }
    }

    /** Whatever there was of it in the table is gone. */
    void forgotten() {
        standing = Standing.HERE;
    }

    /** Starts it; from then on the session's observers settle what it used. */
    <T> T start(Supplier<T> start) {
        Standing before = standing;
        standing = Standing.ANYWHERE;
        try {
            T started = start.get();
            standing = Standing.SESSION;
            return started;
        } catch (SdkException e) {
            failed(e, before);
            throw ApiException.unavailable(
                    "sessions_unavailable", "The table of sessions cannot be written now, and it is required.");
        }
    }

    @Override
    public void close() {
        switch (standing) {
            case HERE -> budgets.ifPresent(b -> b.released(session.generation().session()));
            case ANYWHERE -> budgets.ifPresent(b -> b.moved(session.generation().session()));
            case UNCLEAR -> {
                budgets.ifPresent(b -> b.moved(session.generation().session()));
                unclear.accept(session);
            }
            case SESSION -> {}
        }
    }
}
