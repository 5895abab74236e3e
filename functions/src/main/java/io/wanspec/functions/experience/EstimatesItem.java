package io.wanspec.functions.experience;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.functions.session.AgedLoad;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Learned estimates as an item of the table.
 *
 * @param version raised by each write, which names the one before
 * @param learned without the load
 * @param load which functions before did not write
 */
record EstimatesItem(long version, LearnedEstimates learned, AgedLoad load) {
    static final String VERSION = "version";
    private static final String LOAD_AT = "loadAt";

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
                .with(LOAD_AT, load.at().toEpochMilli())
                .with("loadOthers", String.valueOf(load.seen().others()))
                .with("loadWaitedShare", String.valueOf(load.seen().waitedShare()))
                .with("loadRowNanos", String.valueOf(load.seen().rowNanos()))
                .with("loadPassNanos", String.valueOf(load.seen().passNanos()))
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
                        (int) item.number("restRequests"),
                        LoadSeen.nothing()),
                load(item));
    }

    private static AgedLoad load(Item item) {
        OptionalLong at = item.findNumber(LOAD_AT);
        return at.isEmpty()
                ? AgedLoad.none()
                : new AgedLoad(
                        new LoadSeen(
                                number(item, "loadOthers"),
                                number(item, "loadWaitedShare"),
                                number(item, "loadRowNanos"),
                                number(item, "loadPassNanos")),
                        Instant.ofEpochMilli(at.getAsLong()));
    }

    private static double number(Item item, String name) {
        double value = Double.parseDouble(item.text(name));
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return value;
    }
}
