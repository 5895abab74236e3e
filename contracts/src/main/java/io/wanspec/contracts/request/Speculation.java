package io.wanspec.contracts.request;

import io.wanspec.contracts.Limits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a request is to be decoded, and what of that is told: the content of its {@code wanspec} object, over what the server is
 * configured to. What is absent is as the goal would have it.
 *
 * @param goal what settles everything that is not said here
 * @param entropyThresholdNats for {@link RedundancyKind#ENTROPY}: the busy region drafts on while the drafts' entropy is below
 *     this, in nats
 * @param price for {@link RedundancyKind#VALUE}: what a draft pass in the busy region must be expected to save, in times of a
 *     token with co-located speculation
 * @param timeline what of the session's timeline is wanted; it changes nothing else
 */
public record Speculation(
        Mode mode,
        Goal goal,
        Optional<RedundancyKind> redundancy,
        OptionalDouble entropyThresholdNats,
        OptionalDouble price,
        DraftOptions drafts,
        TimelineWish timeline) {
    public Speculation {
        require("entropy threshold", entropyThresholdNats, Limits.ENTROPY_NATS_MAX, "nats");
        require("price", price, Limits.PRICE_MAX, "tokens");
    }

    /** Of which no timeline is asked for. */
    public Speculation(
            Mode mode,
            Goal goal,
            Optional<RedundancyKind> redundancy,
            OptionalDouble entropyThresholdNats,
            OptionalDouble price,
            DraftOptions drafts) {
        this(mode, goal, redundancy, entropyThresholdNats, price, drafts, TimelineWish.NONE);
    }

    /** The same with another wish. */
    public Speculation with(TimelineWish other) {
        return new Speculation(mode, goal, redundancy, entropyThresholdNats, price, drafts, other);
    }

    /** What holds where neither configuration nor request says otherwise. */
    public static Speculation defaults() {
        return of(Goal.ECONOMY);
    }

    /** WANSpec with trees, as this goal would have it. */
    public static Speculation of(Goal goal) {
        return new Speculation(
                Mode.WANSPEC,
                goal,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                DraftOptions.of(DraftKind.TREE));
    }

    /** Co-located speculation: chains, as in the textbook. */
    public static Speculation colocated(OptionalInt runLength) {
        return new Speculation(
                Mode.COLOCATED,
                Goal.ECONOMY,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                DraftOptions.of(DraftKind.CHAIN).withRunLength(runLength));
    }

    /** No speculation at all. */
    public static Speculation targetOnly() {
        return new Speculation(
                Mode.TARGET_ONLY,
                Goal.ECONOMY,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                DraftOptions.of(DraftKind.CHAIN));
    }

    /** The drafts of a request that asks for this kind: those said here, if they are of that kind. */
    public DraftOptions drafts(DraftKind kind) {
        return drafts.kind() == kind ? drafts : DraftOptions.of(kind);
    }

    private static void require(String what, OptionalDouble value, double most, String unit) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= most)) {
            throw new IllegalArgumentException(what + " must be between 0 and " + (long) most + " " + unit);
        }
    }
}
