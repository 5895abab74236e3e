package io.wanspec.functions.experience;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;

/** Puts together what two functions learned from the same beginning. Pure. */
final class MergeRule {
    /** More requests are not told apart: the newest have a tenth of the weight long before. */
    static final int REQUESTS_MAX = 10_000;

    private MergeRule() {}

    /** Each kind by itself. One that theirs knows nothing of is mine: functions of the version before drop what they do not know. */
    static LearnedByKind merge(LearnedByKind begun, LearnedByKind mine, LearnedByKind theirs) {
        LearnedByKind merged = mine;
        for (RequestKind kind : theirs.own().keySet()) {
            merged = merged.with(kind, merge(begun.ownOf(kind), mine.ownOf(kind), theirs.ownOf(kind)));
        }
        return merged;
    }

    /**
     * Each counts by how many requests it has learned from since; in what is no average the more careful one is right. The load is
     * mine: whose is newer is not seen from here (AgedLoad).
     */
    static LearnedEstimates merge(LearnedEstimates begun, LearnedEstimates mine, LearnedEstimates theirs) {
        int here = Math.max(0, mine.requests() - begun.requests());
        int there = Math.max(0, theirs.requests() - begun.requests());
        if (here == 0) {
            // Requests at rest are not counted, and have nothing to say against those that are.
            return bounded(theirs.with(mine.load()));
        }
        double share = (double) here / (here + there);
        double plainRatio = mix(share, mine.plainRatio(), theirs.plainRatio());
        return new LearnedEstimates(
                Math.min(REQUESTS_MAX, begun.requests() + here + there),
                mix(share, mine.acceptance(), theirs.acceptance()),
                mix(share, mine.tokenShare(), theirs.tokenShare()),
                mix(share, mine.calibration(), theirs.calibration()),
                mix(share, mine.priceFactor(), theirs.priceFactor()),
                mix(share, mine.paceRatio(), theirs.paceRatio()),
                plainRatio,
                there == 0 ? mine.restRequests() : rest(mine, theirs, plainRatio),
                mine.load());
    }

    /** Where they differ, what both have seen together decides. */
    private static int rest(LearnedEstimates mine, LearnedEstimates theirs, double plainRatio) {
        boolean rests = mine.isResting() == theirs.isResting() ? mine.isResting() : plainRatio > 1;
        return rests ? 1 : 0;
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
