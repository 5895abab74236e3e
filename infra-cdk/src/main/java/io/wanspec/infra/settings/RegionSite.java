package io.wanspec.infra.settings;

import java.util.function.UnaryOperator;

/** An account and a region in it. */
public record RegionSite(String account, String region) {
    public RegionSite {
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("account '" + account + "' must have twelve digits");
        }
    }

    RegionSite in(UnaryOperator<String> accounts) {
        return new RegionSite(accounts.apply(account), region);
    }
}
