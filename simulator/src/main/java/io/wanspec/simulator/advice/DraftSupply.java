package io.wanspec.simulator.advice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose accelerators draft. */
public enum DraftSupply {
    /** Those of an endpoint of one's own: its passes wait for nobody. */
    OWN,
    /** What is left of accelerators that have other work, more of it by day than by night: passes take longer. */
    IDLE;

    /** Share of the time for which such accelerators have other work in their region's busiest hour: an assumption. */
    public static final double BUSIEST = 0.6;

    /** Time that a draft pass takes in a region that is at so much of its busiest hour's load. */
    double draftMs(double load) {
        return switch (this) {
            case OWN -> DraftingCosts.PASS_MS;
            case IDLE -> DraftingCosts.PASS_MS / (1 - BUSIEST * load);
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DraftSupply> find(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(DraftSupply::word).toList();
    }
}
