package io.wanspec.controller;

import java.time.Duration;

/**
 * What part a draft worker was given in a session.
 *
 * @param standsBy whether it is asked only where one that drafts gets slow or is lost
 * @param pass time of a draft pass there, as last measured
 * @param why it was chosen, as a clause for people; empty where nobody has chosen
 */
public record Placed(boolean standsBy, Duration pass, String why) {
    /** Of which nothing is known. */
    private static final Duration PASS = Duration.ofMillis(8);

    private static final Placed UNASKED = new Placed(false, PASS, "");

    public Placed {
        if (!pass.isPositive()) {
            throw new IllegalArgumentException("a pass takes time");
        }
    }

    /** Whoever is there drafts. */
    public static Placed unasked() {
        return UNASKED;
    }

    public static Placed drafting(String why) {
        return new Placed(false, PASS, why);
    }

    public static Placed standingBy() {
        return new Placed(true, PASS, "");
    }
}
