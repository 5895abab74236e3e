package io.wanspec.functions.experience;

import io.wanspec.controller.LearnedEstimates;

/** Puts together what two functions learned from the same beginning. Pure. */
final class MergeRule {
    /** More requests are not told apart: the newest have a tenth of the weight long before. */
    static final int REQUESTS_MAX = 10_000;

    private MergeRule() {}

    /**
     * Each counts by how many requests it has learned from since; in what is no average the more careful one is right. The load is
     * mine: whose is newer is not seen from here (AgedLoad).
     */
    static LearnedEstimates merge(LearnedEstimates begun, LearnedEstimates mine, LearnedEstimates theirs) {
        int here = Math.max(0, mine.requests() - begun.requests());
        int there = Math.max(0, theirs.requests() - begun.requests());
        if (here == 0 && there == 0) {
            // Requests at rest are not counted; whoever has got further with them is right.
            return mine.restRequests() < theirs.restRequests() ? bounded(mine) : bounded(theirs);
        }
        double share = (double) here / (here + there);
        return new LearnedEstimates(
                Math.min(REQUESTS_MAX, begun.requests() + here + there),
                mix(share, mine.acceptance(), theirs.acceptance()),
                mix(share, mine.tokenShare(), theirs.tokenShare()),
                mix(share, mine.calibration(), theirs.calibration()),
                mix(share, mine.priceFactor(), theirs.priceFactor()),
                mix(share, mine.paceRatio(), theirs.paceRatio()),
                mix(share, mine.plainRatio(), theirs.plainRatio()),
                there == 0 ? mine.restRequests() : Math.max(mine.restRequests(), theirs.restRequests()),
                mine.load());
    }

    static LearnedEstimates bounded(LearnedEstimates learned) {
        return new LearnedEstimates(
                Math.min(REQUESTS_MAX, learned.requests()),
                learned.acceptance(),
                learned.tokenShare(),
                learned.calibration(),
                learned.priceFactor(),
                learned.paceRatio(),
                learned.plainRatio(),
                learned.restRequests(),
                learned.load());
    }

    private static double mix(double share, double mine, double theirs) {
        return share * mine + (1 - share) * theirs;
    }
}
