package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;

/**
 * What was decided about a place, and why.
 *
 * @param nanosPerToken what is expected of it; 0 where it is left out
 * @param roundTripNanos what the session may begin with
 * @param reactionNanos from a correction to its first draft token that follows from it, as expected
 * @param why a clause for people
 */
public record PlaceVerdict(
        DraftPlace place, Part part, double nanosPerToken, double roundTripNanos, double reactionNanos, String why) {
    /** The place's part in a session. */
    public enum Part {
        /** It drafts from the beginning. */
        DRAFTS("drafts"),
        /** It drafts as well, since the first one may fail. */
        HEDGES("hedges"),
        /** It takes over where the first one gets slow, or is lost. */
        STANDS_BY("stands by"),
        LEFT_OUT("left out");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public boolean isDrafting() {
            return this == DRAFTS || this == HEDGES;
        }
    }

    public WorkerId id() {
        return place.id();
    }
}
