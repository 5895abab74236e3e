package io.wanspec.simulator.run;

import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;
import java.util.stream.DoubleStream;

/** One policy at many prices of a busy-region pass: the curve between few passes and low latency. */
public final class Prices {
    /** Prefix of the policies' names; behind it stands the price as a share of the time of a co-located token. */
    public static final String PRICE = "price-";

    private Prices() {}

    public static List<Contender> all() {
        return DoubleStream.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
                .mapToObj(Prices::at)
                .toList();
    }

    private static Contender at(double share) {
        Design design = Design.CHAIN
                .with(new DraftShape(8, 4, 6, 40))
                .with(VerifyShape.tree(20))
                .with(new Redundancy.Value(Price.share(share), 2))
                .withWaitWorth(1.2)
                .withLookup(4);
        return Contender.of(
                PRICE + share, "busy-region drafts that save at least " + share + " of a token's time", design);
    }
}
