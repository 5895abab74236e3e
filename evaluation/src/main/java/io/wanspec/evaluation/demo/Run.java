package io.wanspec.evaluation.demo;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.util.List;
import java.util.OptionalLong;

/**
 * One request, served.
 *
 * @param ledger as the function counted it
 * @param seed that was used, if the server said so
 * @param text as it was streamed
 * @param timeline lines of its timeline, where that was asked for
 */
public record Run(Mode mode, Ledger ledger, OptionalLong seed, String text, List<String> timeline) {
    public Run {
        timeline = List.copyOf(timeline);
    }

    /** Of which no timeline was asked for. */
    public Run(Mode mode, Ledger ledger, OptionalLong seed, String text) {
        this(mode, ledger, seed, text, List.of());
    }
}
