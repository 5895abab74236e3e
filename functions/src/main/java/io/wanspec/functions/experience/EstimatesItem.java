package io.wanspec.functions.experience;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Learned estimates as an item of the table.
 *
 * @param version raised by each write, which names the one before
 */
record EstimatesItem(long version, LearnedEstimates learned) {
    static final String VERSION = "version";

    /** What nobody added to for so long is forgotten: networks and models change. */
    private static final Duration KEPT = Duration.ofDays(30);

    static ItemKey key(Goal goal) {
        return ItemKey.head("estimates#" + goal.word());
    }

    Item write(Goal goal, Instant now) {
        return Item.of(key(goal))
                .with(VERSION, version)
                .with("requests", learned.requests())
                .with("acceptance", String.valueOf(learned.acceptance()))
                .with("tokenShare", String.valueOf(learned.tokenShare()))
                .with("calibration", String.valueOf(learned.calibration()))
                .with("priceFactor", String.valueOf(learned.priceFactor()))
                .with("paceRatio", String.valueOf(learned.paceRatio()))
                .with("plainRatio", String.valueOf(learned.plainRatio()))
                .with("restRequests", learned.restRequests())
                .expiring(now.plus(KEPT));
    }

    /** @throws RuntimeException if it is no such item, or says what cannot be */
    static EstimatesItem read(Item item) {
        return new EstimatesItem(
                item.number(VERSION),
                new LearnedEstimates(
                        Math.clamp(item.number("requests"), 0, MergeRule.REQUESTS_MAX),
                        number(item, "acceptance"),
                        number(item, "tokenShare"),
                        number(item, "calibration"),
                        number(item, "priceFactor"),
                        number(item, "paceRatio"),
                        number(item, "plainRatio"),
                        (int) item.number("restRequests")));
    }

    private static double number(Item item, String name) {
        double value = Double.parseDouble(item.text(name));
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return value;
    }
}
