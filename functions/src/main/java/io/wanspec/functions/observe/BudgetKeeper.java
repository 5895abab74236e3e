package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;

/** Charges one session to the account that it runs on. */
public final class BudgetKeeper implements SessionObserver {
    private final Budgets budgets;
    private int committedTo;

    public BudgetKeeper(Budgets budgets) {
        this.budgets = budgets;
    }

    /** The most that a session may use: its prompt, and all the tokens that it may make. */
    public static long most(SessionRequest request) {
        return (long) request.generation().prompt().size()
                + request.generation().maxTokens();
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
        if (outcome.isLeftToOthers(request)) {
            budgets.moved(session);
        } else {
            budgets.ended(session, request.account(), most(request), used(request, outcome));
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
