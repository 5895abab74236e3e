package io.wanspec.functions.store;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.crash.CrashPoint;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the table. Each write is one call, which takes effect whole or not at all, and only for the lease's owner. A write
 * that was not answered may be repeated, also with more behind it: if it had taken effect, the answer is {@link Written.Already}.
 */
final class SessionTable {
    /** Of a session that is taken and given back between two looks. */
    private static final int LOOKS_MAX = 3;

    /** The mark of a session that was ended by whoever had failed to create it. */
    private static final String WITHDRAWN = "withdrawn";

    private final Table table;
    private final Clock clock;

    SessionTable(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** A new session, with its prompt. */
    Written create(SessionHead head, SessionInput input) {
        return judge(created(record(head, input)), head.lease());
    }

    /**
     * A new session, with its prompt and another item: all of it, or nothing.
     *
     * @return a refusal of {@code with}; the session's own would be of a write that had taken effect
     */
    Write create(SessionHead head, SessionInput input, Change with) {
        List<Change> changes = new ArrayList<>(List.of(with));
        changes.addAll(record(head, input));
        Write write = created(changes);
        if (write instanceof Write.Refused(int index, var _) && index > 0) {
            if (judge(write, head.lease()) instanceof Written.Lost) {
                throw new IllegalStateException("there is a session of this id already");
            }
            return new Write.Done(null);
        }
        return write;
    }

    private Write created(List<Change> changes) {
        CrashPoint.BEFORE_CREATE.reached();
        Write write = table.transact(changes);
        CrashPoint.AFTER_CREATE.reached();
        return write;
    }

    private List<Change> record(SessionHead head, SessionInput input) {
        List<Change> changes = new ArrayList<>();
        changes.add(Change.put(HeadItem.write(head), Condition.absentOrExpired(clock.instant())));
        PartItems.prompt(head.id(), input.prompt(), head.isRuled(), head.expiresAt())
                .forEach(part -> changes.add(Change.put(part)));
        PartItems.prediction(head.id(), input.prediction(), head.expiresAt())
                .forEach(part -> changes.add(Change.put(part)));
        return changes;
    }

    /**
     * Makes sure that nobody ever goes on with a session of which is not known whether it was created: that write may still arrive, and
     * then finds that there is one already, which has failed.
     *
     * @param head as it was to be created
     * @param shared whether others may know of it, if it was: then it stays theirs
     * @return whether it is nobody's now; false if it is there and others may go on with it
     */
    boolean withdraw(SessionHead head, boolean shared) {
        Condition absent = Condition.absentOrExpired(clock.instant());
        Condition untouched = isOf(head.lease()).and(Condition.equal(HeadItem.COMMITTED, 0));
        Item withdrawn = HeadItem.write(head.ended(SessionStatus.FAILED, "", "its record could not be written in time"))
                .with(HeadItem.LEASE_UNTIL, 0)
                .with(HeadItem.ENDED_BY, WITHDRAWN);
        return switch (table.put(withdrawn, shared ? absent : absent.or(untouched))) {
            case Write.Done done -> true;
            case Write.Refused(var _, var present) ->
                present != null
                        && (present.findText(HeadItem.ENDED_BY)
                                        .filter(WITHDRAWN::equals)
                                        .isPresent()
                                || isCancelledWhileOwn(head));
        };
    }

    /** Gives it back, so that whoever ends it from now on finds that nobody has it. */
    private boolean isCancelledWhileOwn(SessionHead head) {
        return release(head) instanceof Written.Lost(var status, var ours) && ours && status == SessionStatus.CANCELLED;
    }

    /** Renews the lease, and nothing else. */
    Written renew(SessionHead head) {
        return judge(table.update(HeadItem.key(head.id()), leaseUpTo(head.lease()), isOf(head.lease())), head.lease());
    }

    /** More of the text, and the lease renewed. {@code head} is as it is to be afterwards. */
    Written append(SessionHead head, Progress more) {
        Update update = leaseUpTo(head.lease()).set(HeadItem.COMMITTED, head.committedTokens());
        FinishReason finish = more.finish();
        if (finish != null) {
            update = update.set(HeadItem.FINISH, finish.name());
        }
        int from = head.committedTokens() - more.tokens().size();
        Condition follows = isOf(head.lease()).and(Condition.equal(HeadItem.COMMITTED, from));
        CrashPoint.BEFORE_CHECKPOINT.reached();
        Write write = table.transact(List.of(
                Change.update(HeadItem.key(head.id()), update, follows),
                Change.put(PartItems.tokens(head.id(), from, more, head.isRuled(), head.expiresAt()))));
        CrashPoint.AFTER_CHECKPOINT.reached();
        return judge(write, head.lease());
    }

    /** The end, as {@code head} says it. What is not durable of the text by then is not remembered. */
    Written end(SessionHead head) {
        Update update = LedgerItem.write(Update.none(), head.ledger())
                .set(HeadItem.STATUS, head.status().name())
                .set(HeadItem.FAILURE, head.failure())
                .set(HeadItem.LEASE_UNTIL, 0);
        FinishReason finish = head.finish();
        if (finish != null) {
            // Also one that came without another token, and so with no part of the text.
            update = update.set(HeadItem.FINISH, finish.name());
        }
        CrashPoint.BEFORE_END.reached();
        Write write = table.update(
                HeadItem.key(head.id()),
                SweepRule.lookAgain(HeadItem.key(head.id()), update, head.expiresAt()),
                isOf(head.lease()));
        CrashPoint.AFTER_END.reached();
        boolean before = write instanceof Write.Refused(var _, var present)
                && present != null
                && HeadItem.lease(present)
                        .isOf(head.lease().owner(), head.lease().fence())
                && present.text(HeadItem.STATUS).equals(head.status().name());
        return before ? new Written.Already(head.committedTokens()) : judge(write, head.lease());
    }

    /** Whoever comes next takes it. */
    Written release(SessionHead head) {
        Update update = leaseUpTo(head.lease().givenBack(clock.instant())).set(HeadItem.OWNER, Lease.NOBODY);
        CrashPoint.BEFORE_RELEASE.reached();
        Write write = table.update(HeadItem.key(head.id()), update, isOf(head.lease()));
        boolean before = write instanceof Write.Refused(var _, var present)
                && present != null
                && HeadItem.lease(present).isOf(Lease.NOBODY, head.lease().fence())
                && present.text(HeadItem.STATUS).equals(SessionStatus.RUNNING.name());
        return before ? new Written.Already(head.committedTokens()) : judge(write, head.lease());
    }

    /**
     * Ends a session whoever owns it. An owner that was not heard of in time has it no more: should it come back, it finds the
     * fence raised, as if another one had taken the session, and settles nothing.
     *
     * @param unowned told of a session that nobody had, as it was: no owner settles it
     * @return false if it had ended, or is unknown
     */
    boolean cancel(SessionId id, Consumer<SessionHead> unowned) {
        Optional<SessionHead> head = head(id);
        for (int i = 0; i < LOOKS_MAX && head.filter(this::isUnowned).isPresent(); i++) {
            // Only as it was seen: an owner that has come since settles what it uses.
            Update fenced = Update.none().set(HeadItem.FENCE, head.get().lease().fence() + 1);
            if (end(id, SessionStatus.CANCELLED, head.get().expiresAt(), asSeen(head.get()), fenced)) {
                unowned.accept(head.get());
                return true;
            }
            head = head(id);
        }
        return head.isPresent() && end(id, SessionStatus.CANCELLED, head.get().expiresAt(), isRunning(), Update.none());
    }

    private boolean isUnowned(SessionHead head) {
        return head.status() == SessionStatus.RUNNING && head.lease().isFree(clock.instant());
    }

    /** Ends a session that nobody went on with, unless somebody has since. */
    boolean giveUp(SessionHead head) {
        SessionStatus status = head.finish() == null ? SessionStatus.INCOMPLETE : SessionStatus.FINISHED;
        return end(head.id(), status, head.expiresAt(), asSeen(head), Update.none());
    }

    /** With a mark: a write that was sent twice, because its first answer was lost, is refused by what it wrote itself. */
    private boolean end(SessionId id, SessionStatus status, Instant expiresAt, Condition condition, Update with) {
        ItemKey key = HeadItem.key(id);
        String mark = UUID.randomUUID().toString();
        Update update = with.set(HeadItem.STATUS, status.name())
                .set(HeadItem.OWNER, Lease.NOBODY)
                .set(HeadItem.LEASE_UNTIL, 0)
                .set(HeadItem.ENDED_BY, mark);
        return switch (table.update(key, SweepRule.lookAgain(key, update, expiresAt), condition)) {
            case Write.Done done -> true;
            case Write.Refused(var _, var present) ->
                present != null
                        && present.findText(HeadItem.ENDED_BY)
                                .filter(mark::equals)
                                .isPresent();
        };
    }

    /** Takes a free lease for {@code owner}, who must not have asked for it before. */
    Claim claim(SessionId id, String owner) {
        Optional<SessionHead> found = head(id);
        if (found.isEmpty()) {
            return new Claim.Unknown();
        }
        SessionHead head = found.get();
        if (head.status() != SessionStatus.RUNNING) {
            return whole(head).<Claim>map(Claim.Ended::new).orElseGet(Claim.Unknown::new);
        }
        Instant now = clock.instant();
        if (!head.lease().isFree(now)) {
            return new Claim.Held(head.lease().leftAt(now));
        }
        Lease lease = head.lease().takenBy(owner, now);
        Update update = leaseUpTo(lease).set(HeadItem.OWNER, owner).set(HeadItem.FENCE, lease.fence());
        return switch (table.update(HeadItem.key(id), update, asSeen(head))) {
            case Write.Done(var item) -> taken(item);
            case Write.Refused(var _, var present) ->
                present != null && HeadItem.lease(present).isOf(owner, lease.fence())
                        ? taken(present)
                        : new Claim.Held(Lease.DURATION.plus(Lease.SKEW_MAX));
        };
    }

    private Claim taken(@Nullable Item item) {
        CrashPoint.AFTER_CLAIM.reached();
        return Optional.ofNullable(item)
                .flatMap(head -> whole(HeadItem.read(head)))
                .<Claim>map(Claim.Taken::new)
                .orElseGet(Claim.Unknown::new);
    }

    Optional<SessionHead> head(SessionId id) {
        return table.get(HeadItem.key(id)).map(HeadItem::read);
    }

    /** Whether it was deleted or has expired, of one that somebody has read of: it may not be readable yet. */
    boolean isGone(SessionId id) {
        return table.getSettled(HeadItem.key(id)).isEmpty();
    }

    Optional<SessionRecord> find(SessionId id) {
        return head(id).flatMap(this::whole);
    }

    /** The text from a token on at which a checkpoint began, or ended the last; empty if it is not there any more. */
    Optional<Progress> more(SessionHead head, int from) {
        int wanted = head.committedTokens() - from;
        Progress all = PartItems.readTokens(table.query(
                HeadItem.pk(head.id()), PartItems.tokensFrom(from), PartItems.TOKENS_END, Limits.SEQUENCE_TOKENS_MAX));
        return all.tokens().size() < wanted ? Optional.empty() : Optional.of(all.slice(0, wanted, head.finish()));
    }

    /**
     * False if it was noted of late, of this lapse, which the time names at which the lease ran out, or it is over. A note whose
     * answer is lost looks as if somebody else had made it, and who made it may have died before asking: so none counts for ever.
     */
    boolean noteAsked(SessionHead head) {
        Instant now = clock.instant();
        long lapse = head.lease().until().toEpochMilli();
        Condition ofLate = Condition.equal(HeadItem.ASKED, lapse)
                .and(Condition.number(
                        HeadItem.ASKED_AT,
                        Condition.Operator.MORE,
                        now.minus(SweepRule.askedAgainAfter(head, now)).toEpochMilli()));
        Update asked = Update.none().set(HeadItem.ASKED, lapse).set(HeadItem.ASKED_AT, now.toEpochMilli());
        return table.update(HeadItem.key(head.id()), asked, asSeen(head).and(ofLate.negated()))
                .tookEffect();
    }

    void forgetAsked(SessionHead head) {
        Update forgotten = Update.none().remove(HeadItem.ASKED).remove(HeadItem.ASKED_AT);
        table.update(HeadItem.key(head.id()), forgotten, asSeen(head));
    }

    /** With prompt and text, as far as the head knows of it; empty if it was deleted meanwhile. */
    private Optional<SessionRecord> whole(SessionHead head) {
        String pk = HeadItem.pk(head.id());
        Tokens prompt = PartItems.readIds(table.query(pk, PartItems.PROMPT, Limits.SEQUENCE_TOKENS_MAX));
        Tokens prediction = head.predictionTokens() == 0
                ? Tokens.none()
                : PartItems.readIds(table.query(pk, PartItems.PREDICTION, Limits.SEQUENCE_TOKENS_MAX));
        Progress all = PartItems.readTokens(table.query(pk, PartItems.TOKENS, Limits.SEQUENCE_TOKENS_MAX));
        int durable = head.committedTokens();
        if (prompt.size() != head.promptTokens()
                || prediction.size() != head.predictionTokens()
                || all.tokens().size() < durable) {
            return Optional.empty();
        }
        Progress progress = all.slice(0, durable, head.finish());
        return Optional.of(new SessionRecord(head, prompt, prediction, progress));
    }

    /** When somebody has to look at it next. */
    void lookAgain(SessionHead head, Instant at) {
        ItemKey key = HeadItem.key(head.id());
        table.update(key, SweepRule.lookAgain(key, Update.none(), at), isOf(head.lease()));
    }

    /** With all its items, the head first: whoever still writes is told by its absence. */
    void delete(SessionId id) {
        table.delete(HeadItem.key(id));
        table.keys(HeadItem.pk(id), Limits.SEQUENCE_TOKENS_MAX).forEach(table::delete);
    }

    private static Update leaseUpTo(Lease lease) {
        return Update.none().set(HeadItem.LEASE_UNTIL, lease.until().toEpochMilli());
    }

    private static Condition isRunning() {
        return Condition.equal(HeadItem.STATUS, SessionStatus.RUNNING.name());
    }

    private static Condition isOf(Lease lease) {
        return isRunning()
                .and(Condition.equal(HeadItem.OWNER, lease.owner()))
                .and(Condition.equal(HeadItem.FENCE, lease.fence()));
    }

    /** Nobody has renewed or taken the lease since. */
    private static Condition asSeen(SessionHead head) {
        return isOf(head.lease())
                .and(Condition.equal(HeadItem.LEASE_UNTIL, head.lease().until().toEpochMilli()));
    }

    private static Written judge(Write write, Lease lease) {
        return switch (write) {
            case Write.Done done -> new Written.Done();
            case Write.Refused(var _, var present) -> {
                if (present == null) {
                    yield new Written.Lost(null, false);
                }
                SessionStatus status = SessionStatus.valueOf(present.text(HeadItem.STATUS));
                Lease now = HeadItem.lease(present);
                yield now.isOf(lease.owner(), lease.fence()) && status == SessionStatus.RUNNING
                        ? new Written.Already((int) present.number(HeadItem.COMMITTED))
                        : new Written.Lost(
                                status,
                                now.isOf(lease.owner(), lease.fence()) || now.isOf(Lease.NOBODY, lease.fence()));
            }
        };
    }
}
