package io.wanspec.simulator.run;

import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;
import java.util.stream.DoubleStream;

/** One policy at many prices of a busy-region pass: the curve between few passes and low latency. */
public final class Prices {
    /** Prefix of the policies' names. */
    public static final String PRICE = "price-";

    private Prices() {}

    public static List<Contender> all() {
        return DoubleStream.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
                .mapToObj(Prices::at)
                .toList();
    }

    private static Contender at(double priceMs) {
        Design design = Design.CHAIN
                .with(new DraftShape(8, 4, 6, 0, 40))
                .with(VerifyShape.tree(32))
                .with(new Redundancy.Value(priceMs, 4))
                .withWaitWorth(1);
        return Contender.of(
                PRICE + Math.round(priceMs), "busy-region drafts that save at least " + Math.round(priceMs) + " ms", design);
    }
}
