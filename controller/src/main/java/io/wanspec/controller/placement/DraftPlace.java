package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;

/**
 * A place that can draft for sessions, with one worker.
 *
 * @param region that it lies in, or counts as: where a prompt may not be seen, nothing is drafted for it
 * @param usdPerHour what it costs while it works; 0 where nobody is charged, or nobody knows
 * @param slots sessions that it takes at a time; 0 for unknown
 */
public record DraftPlace(WorkerId id, Kind kind, String region, double usdPerHour, int slots) {
    /** What kind of place it is. */
    public enum Kind {
        /** An endpoint in a draft region. */
        REGION("region"),
        /** A machine of somebody's own, outside the cloud. */
        ON_SITE("on-site");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public DraftPlace {
        if (region.isBlank()) {
            throw new IllegalArgumentException("a place lies in a region");
        }
        if (!(usdPerHour >= 0 && usdPerHour < Double.POSITIVE_INFINITY) || slots < 0) {
            throw new IllegalArgumentException("a place has a price of 0 or more, and no negative slots");
        }
    }

    /** Of which neither price nor slots are known. */
    public DraftPlace(WorkerId id, Kind kind, String region) {
        this(id, kind, region, 0, 0);
    }
}
