package io.wanspec.evaluation.demo;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.util.List;
import java.util.OptionalLong;

/** DemoLedgers and runs with chosen figures. */
public final class DemoLedgers {
    public static final Tokens TOKENS = Tokens.of(5, 6, 7, 8);
    public static final String TEXT = "Sky is blue.";

    private DemoLedgers() {}

    public static Ledger ledger(
            int targetPasses, int busy, int remote, List<Integer> proposed, List<Integer> accepted) {
        return new Ledger(
                TEXT,
                TOKENS,
                TOKENS.size(),
                targetPasses,
                busy,
                remote,
                proposed,
                accepted,
                12.4,
                1_234_567,
                100.4,
                1_600.4);
    }

    public static Ledger wanspec() {
        return ledger(40, 31, 230, List.of(40, 38, 30), List.of(28, 19, 3));
    }

    public static Ledger colocated() {
        return new Ledger(TEXT, TOKENS, 4, 50, 150, 0, List.of(50, 50, 50), List.of(35, 20, 10), 900, 0, 90.2, 1_590.2);
    }

    public static Ledger targetOnly() {
        return new Ledger(TEXT, TOKENS, 4, 128, 0, 0, List.of(), List.of(), 0, 0, 80, 4_000);
    }

    public static Run run(Mode mode, Ledger ledger) {
        return new Run(mode, ledger, OptionalLong.of(42), ledger.text());
    }

    public static DemoComparison comparison() {
        return comparison(targetOnly());
    }

    public static DemoComparison comparison(Ledger targetOnly) {
        return new DemoComparison(
                run(Mode.WANSPEC, wanspec()), run(Mode.COLOCATED, colocated()), run(Mode.TARGET_ONLY, targetOnly), 3);
    }
}
