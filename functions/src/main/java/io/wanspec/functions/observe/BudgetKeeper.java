package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Charges one session to the account that it runs on. */
public final class BudgetKeeper implements SessionObserver {
    private final Budgets budgets;
    private final Supplier<CompletionStage<Boolean>> endsHere;
    private int committedTo;

    /** @param endsHere whether a session that ended here ends nowhere else; asked after its end, known when that is recorded */
    public BudgetKeeper(Budgets budgets, Supplier<CompletionStage<Boolean>> endsHere) {
        this.budgets = budgets;
        this.endsHere = endsHere;
    }

    /** The most that a session may use: its prompt, and all the tokens that it may make. */
    public static long most(SessionRequest request) {
        return most(request.generation().prompt().size(), request.generation().maxTokens());
    }

    /** The same of a session that is known by its numbers. */
    public static long most(int promptTokens, int maxTokens) {
        return (long) promptTokens + maxTokens;
    }

    @Override
    public void started(SessionRequest request) {
        budgets.begun(request.generation().session());
    }

    @Override
    public void committed(int position, Progress more) {
        committedTo = position + more.tokens().size();
    }

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        SessionId session = request.generation().session();
        budgets.ended(session);
        long used = used(request, outcome);
        // Once: what is not recorded to have ended here is gone on with elsewhere, and settled there. Also what was
        // left to others, for it may have been cancelled meanwhile: then there are none.
        var _ = endsHere.get().whenComplete((here, _) -> settle(request, used, Boolean.TRUE.equals(here)));
    }

    private void settle(SessionRequest request, long used, boolean here) {
        SessionId session = request.generation().session();
        if (here) {
            budgets.settled(session, request.account(), most(request), used);
        } else {
            budgets.moved(session);
        }
    }

    /** A session that failed may not know what it made, but has told of it before. */
    private long used(SessionRequest request, SessionOutcome outcome) {
        int prompt = request.generation().prompt().size();
        int before = request.continuation().progress().tokens().size();
        int made = Math.max(
                Math.max(before, committedTo - prompt), outcome.ledger().tokens());
        return Math.min(most(request), (long) prompt + made);
    }
}
