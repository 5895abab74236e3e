package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.evaluation.passes.PassCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All ledgers at one distance: of each way of serving, prompt by prompt. */
final class Measured {
    private final double rttMs;
    private final double slowness;
    private final Map<Method, List<Ledger>> ledgers = new LinkedHashMap<>();
    private List<PassCount> passes = List.of();

    Measured(double rttMs, double slowness) {
        this.rttMs = rttMs;
        this.slowness = slowness;
    }

    /** To be called prompt by prompt. */
    void add(Method method, Ledger ledger) {
        ledgers.computeIfAbsent(method, _ -> new ArrayList<>()).add(ledger);
    }

    void took(List<PassCount> counted) {
        passes = List.copyOf(counted);
    }

    double rttMs() {
        return rttMs;
    }

    List<PassCount> passes() {
        return passes;
    }

    /** The answers of a way of serving. */
    List<Ledger> of(Method method) {
        return Objects.requireNonNull(ledgers.get(method));
    }

    /** @param b1 what the others are set beside */
    List<WanRow> rows(Method b1) {
        Cost base = Cost.of(of(b1), slowness);
        return ledgers.entrySet().stream()
                .map(each -> WanRow.of(WanRow.MEASURED, each.getKey(), rttMs, Cost.of(each.getValue(), slowness), base))
                .toList();
    }

    /** Where an answer is another than {@code expected}, in one sentence; empty if none is. */
    Optional<String> difference(List<Ledger> expected) {
        for (Map.Entry<Method, List<Ledger>> each : ledgers.entrySet()) {
            for (int i = 0; i < expected.size(); i++) {
                Ledger got = each.getValue().get(i);
                if (!got.tokenIds().equals(expected.get(i).tokenIds())
                        || !got.text().equals(expected.get(i).text())) {
                    return Optional.of("prompt " + (i + 1) + ": "
                            + each.getKey().policy() + " at " + rttMs
                            + " ms differs from B0 at token "
                            + got.tokenIds().commonPrefix(expected.get(i).tokenIds()));
                }
            }
        }
        return Optional.empty();
    }
}
