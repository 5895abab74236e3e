package io.wanspec.functions.experience;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.functions.session.AgedLoad;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Learned estimates as an item of the table. What greedy requests have taught stands in attributes that bear no kind's name: functions
 * of the version before, which told no kinds apart, read and write what all have taught there.
 *
 * @param version raised by each write, which names the one before
 * @param learned without the load
 * @param load which functions before did not write
 */
record EstimatesItem(long version, LearnedByKind learned, AgedLoad load) {
    static final String VERSION = "version";
    private static final String REQUESTS = "requests";
    private static final RequestKind UNNAMED = RequestKind.GREEDY;
    private static final String LOAD_AT = "loadAt";

    /** What nobody added to for so long is forgotten: networks and models change. */
    private static final Duration KEPT = Duration.ofDays(30);

    static ItemKey key(Goal goal) {
        return ItemKey.head("estimates#" + goal.word());
    }

    Item write(Goal goal, Instant now) {
        Item item = Item.of(key(goal))
                .with(VERSION, version)
                .with(LOAD_AT, load.at().toEpochMilli())
                .with("loadOthers", String.valueOf(load.seen().others()))
                .with("loadWaitedShare", String.valueOf(load.seen().waitedShare()))
                .with("loadRowNanos", String.valueOf(load.seen().rowNanos()))
                .with("loadPassNanos", String.valueOf(load.seen().passNanos()))
                .expiring(now.plus(KEPT));
        // Also where they have taught nothing: no function of the version before can do without.
        Item whole = write(item, "", learned.of(UNNAMED));
        for (RequestKind kind : learned.own().keySet()) {
            whole = kind == UNNAMED ? whole : write(whole, prefix(kind), learned.ownOf(kind));
        }
        return whole;
    }

    private static Item write(Item item, String prefix, LearnedEstimates learned) {
        return item.with(prefix + REQUESTS, learned.requests())
                .with(prefix + "acceptance", String.valueOf(learned.acceptance()))
                .with(prefix + "tokenShare", String.valueOf(learned.tokenShare()))
                .with(prefix + "calibration", String.valueOf(learned.calibration()))
                .with(prefix + "priceFactor", String.valueOf(learned.priceFactor()))
                .with(prefix + "paceRatio", String.valueOf(learned.paceRatio()))
                .with(prefix + "plainRatio", String.valueOf(learned.plainRatio()))
                .with(prefix + "restRequests", learned.restRequests());
    }

    /** @throws RuntimeException if it is no such item, or says what cannot be */
    static EstimatesItem read(Item item) {
        LearnedByKind learned = LearnedByKind.none();
        for (RequestKind kind : RequestKind.values()) {
            String prefix = prefix(kind);
            if (kind == UNNAMED || item.findNumber(prefix + REQUESTS).isPresent()) {
                learned = learned.with(kind, read(item, prefix));
            }
        }
        return new EstimatesItem(item.number(VERSION), learned, load(item));
    }

    private static LearnedEstimates read(Item item, String prefix) {
        return new LearnedEstimates(
                Math.clamp(item.number(prefix + REQUESTS), 0, MergeRule.REQUESTS_MAX),
                number(item, prefix + "acceptance"),
                number(item, prefix + "tokenShare"),
                number(item, prefix + "calibration"),
                number(item, prefix + "priceFactor"),
                number(item, prefix + "paceRatio"),
                number(item, prefix + "plainRatio"),
                (int) item.number(prefix + "restRequests"),
                LoadSeen.nothing());
    }

    private static String prefix(RequestKind kind) {
        return kind == UNNAMED ? "" : kind.name() + "_";
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
