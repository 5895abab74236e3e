package io.wanspec.infra.plan;

import io.wanspec.simulator.region.PriceTable.Price;
import org.jspecify.annotations.Nullable;

/**
 * @param quantity of the price's unit, in a month
 * @param idle whether it is paid without any request
 * @param price absent: not in the table
 */
public record CostLine(
        String what,
        String region,
        double quantity,
        boolean idle,
        @Nullable Price price) {
    /** USD a month; 0 if the price is not known. */
    public double usd() {
        return price == null ? 0 : quantity * price.usd();
    }

    /** What a reader should know of the price. */
    String remark() {
        if (price == null) {
            return "no price known: not in the total";
        }
        return price.region().equals(region) ? "" : "price of " + price.region();
    }
}
