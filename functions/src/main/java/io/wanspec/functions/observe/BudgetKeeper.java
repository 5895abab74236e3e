package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;

/** Charges a session to the account that it runs on. */
public final class BudgetKeeper implements SessionObserver {
    private final Budgets budgets;

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
    public void committed(int position, Progress more) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        long most = most(request);
        long used = request.generation().prompt().size() + outcome.ledger().tokens();
        budgets.ended(request.generation().session(), request.account(), most, Math.min(most, used));
    }
}
