package io.wanspec.endpoints.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a draft's probability goes to the copied token: a pointer mixture (Merity et al., arXiv 1609.07843) whose weight
 * depends on how much of the text agrees. It is part of a draft's {@code config.json}, as {@code wanspec.copy}.
 *
 * @param temperature at which the draft's distribution and the copy are mixed; above 0 and at most 2
 * @param shares for 1, 2, ... agreeing tokens, each from 0 to below 1; empty for a model that copies nothing
 */
public record CopyShares(double temperature, List<Double> shares) {
    /** Tokens of agreement that are told apart. */
    public static final int AGREED_MAX = 16;

    /** For a model that copies nothing. */
    public static final CopyShares NONE = new CopyShares(1, List.of());

    public CopyShares {
        shares = List.copyOf(shares);
        if (!(temperature > 0 && temperature <= 2)) {
            throw new ModelLoadException("wanspec.copy.temperature must be above 0 and at most 2, was " + temperature);
        }
        if (shares.size() > AGREED_MAX) {
            throw new ModelLoadException(
                    "wanspec.copy.shares must have at most " + AGREED_MAX + " entries, has " + shares.size());
        }
        for (double share : shares) {
            if (!(share >= 0 && share < 1)) {
                throw new ModelLoadException("wanspec.copy.shares must be from 0 to below 1, has " + share);
            }
        }
    }

    /** @param json of {@code wanspec.copy}; missing for a model that copies nothing */
    public static CopyShares read(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return NONE;
        }
        JsonNode list = json.path("shares");
        if (!list.isArray() || list.isEmpty() || list.size() > AGREED_MAX) {
            throw new ModelLoadException("wanspec.copy.shares must be a list of 1 to " + AGREED_MAX
                    + " numbers; leave wanspec.copy out of config.json for a draft that copies nothing");
        }
        List<Double> shares = new ArrayList<>();
        list.forEach(share -> shares.add(number(share)));
        return new CopyShares(number(json.path("temperature")), shares);
    }

    private static double number(JsonNode json) {
        return json.isNumber() ? json.asDouble() : Double.NaN;
    }

    public boolean isNone() {
        return shares.isEmpty();
    }

    /** The share of a copy with {@code agreed} agreeing tokens. */
    public double of(int agreed) {
        return isNone() ? 0 : shares.get(Math.min(agreed, shares.size()) - 1);
    }
}
