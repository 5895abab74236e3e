package io.wanspec.functions.observe;

import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.store.SessionHead;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settles sessions that are ended while no function has them: what they have not used comes back to the day that they were charged
 * to. Also for functions that know no keys, as <i>sweeper</i>: whose budget it is stands in the record.
 */
public final class UnownedEnds implements Consumer<SessionHead>, AutoCloseable {
    private final Optional<Budgets> shared;
    private final Supplier<Budgets> make;
    private @Nullable Budgets own;

    /**
     * @param shared of a function that makes answers itself
     * @param make those of one that does not, when the first are needed
     */
    public UnownedEnds(Optional<Budgets> shared, Supplier<Budgets> make) {
        this.shared = shared;
        this.make = make;
    }

    @Override
    public void accept(SessionHead head) {
        if (head.account().keyId().isPresent()) {
            long used = (long) head.promptTokens() + head.committedTokens();
            budgets()
                    .endedUnowned(
                            head.id(), head.account(), BudgetKeeper.most(head.promptTokens(), head.maxTokens()), used);
        }
    }

    private synchronized Budgets budgets() {
        if (shared.isPresent()) {
            return shared.get();
        }
        if (own == null) {
            own = make.get();
        }
        return own;
    }

    /** Gives back now, before the function may stand still. */
    public void flush(Duration most) {
        known().ifPresent(budgets -> budgets.flush(most));
    }

    private synchronized Optional<Budgets> known() {
        return shared.or(() -> Optional.ofNullable(own));
    }

    @Override
    public synchronized void close() {
        if (own != null) {
            own.close();
        }
    }
}
