package io.wanspec.controller.placement;

/** Says in words why a place has its part. */
final class PlacementWords {
    private static final double MS = 1e6;
    private static final int TENTHS = 10;
    private static final int PER_CENT = 100;
    private static final int SECONDS_MAX = 120;

    private final PlacementQuestion question;
    private final PlacementPolicy.Ranked best;
    private final PlacementPolicy.Ranked first;

    PlacementWords(PlacementQuestion question, PlacementPolicy.Ranked best, PlacementPolicy.Ranked first) {
        this.question = question;
        this.best = best;
        this.first = first;
    }

    String ofFirst(int usable) {
        String measured = measured(first);
        if (usable == 1) {
            return "the only place that can be used; " + measured;
        }
        if (first.equals(best)) {
            return "the fastest of " + usable + "; " + measured;
        }
        String slower = slower(first, best);
        return isFirstKept()
                ? "kept, being only " + slower + "; " + measured
                : "the cheapest of those that are about as fast: " + slower + "; " + measured;
    }

    String ofHedge(PlacementPolicy.Ranked hedge) {
        return "drafts too, since " + id(first) + " fails or stutters in "
                + perCent(first.outlook().trouble()) + " of sessions; " + measured(hedge);
    }

    String ofStandBy(PlacementPolicy.Ranked each) {
        String measured = measured(each);
        if (each.nanos() >= first.nanos()) {
            return slower(each, first) + "; " + measured;
        }
        return isFirstKept()
                ? "not so much faster than " + id(first) + " that it is worth a change; " + measured
                : "about as fast as " + id(first) + ", but dearer; " + measured;
    }

    private boolean isFirstKept() {
        return question.incumbent().filter(first.place().id()::equals).isPresent();
    }

    private static String slower(PlacementPolicy.Ranked each, PlacementPolicy.Ranked than) {
        return perCent(each.nanos() / than.nanos() - 1) + " slower than " + id(than);
    }

    private String measured(PlacementPolicy.Ranked each) {
        PlaceMeasures measures = each.candidate().measures();
        String expected = tenths(each.nanos()) + " ms a token expected";
        if (measures.isNothing()) {
            return expected + ", nothing measured yet";
        }
        String pass =
                measures.passNanos().isKnown() ? tenths(measures.passNanos().mean()) + " ms" : "not measured";
        return expected + ": round trip " + whole(measures.roundTripNanos().or(0)) + " ms, jitter "
                + whole(measures.jitterNanos().or(0)) + " ms, pass " + pass + failing(measures) + ", measured "
                + age(measures);
    }

    private static String failing(PlaceMeasures measures) {
        double share = measures.failures().or(0);
        return share > 0 ? ", " + perCent(share) + " of sessions failed" : "";
    }

    private String age(PlaceMeasures measures) {
        long seconds = Math.max(0, question.nowMillis() - measures.atMillis()) / 1_000;
        return seconds <= SECONDS_MAX ? seconds + " s ago" : seconds / 60 + " min ago";
    }

    private static String id(PlacementPolicy.Ranked each) {
        return each.place().id().value();
    }

    private static String perCent(double share) {
        return Math.round(PER_CENT * share) + " %";
    }

    private static String whole(double nanos) {
        return String.valueOf(Math.round(nanos / MS));
    }

    private static String tenths(double nanos) {
        return String.valueOf((double) Math.round(nanos / MS * TENTHS) / TENTHS);
    }
}
