package io.wanspec.simulator.advice;

import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.LoadCurve;
import io.wanspec.simulator.region.RoundTrip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Why a draft region is ranked as it is, in words. */
record Reasons(PlaceQuestion question, AwsRegion region, RoundTrip trip, DraftingCosts costs, LoadCurve curve) {
    List<String> of(List<HourOutcome> hours) {
        List<String> why = new ArrayList<>();
        double saved = Advisor.mean(hours, HourOutcome::saved);
        double latency = Advisor.mean(hours, HourOutcome::latency);
        why.add(passes(saved));
        why.add(latency(latency));
        why.add(money(Advisor.mean(hours, HourOutcome::usd), Advisor.mean(hours, HourOutcome::b1Usd)));
        if (question.supply() == DraftSupply.IDLE) {
            why.add(hours(hours));
        }
        if (trip.origin() == RoundTrip.Origin.ASSUMED) {
            why.add("its round trip is assumed, of the distance: the pair is in no table here");
        }
        if (!costs.remoteDraft().region().equals(region.code())) {
            why.add(text(
                    "the price of %s is that of %s: none is known there",
                    costs.remoteDraft().item(), costs.remoteDraft().region()));
        }
        refusal(saved, latency, why);
        return why;
    }

    private String passes(double saved) {
        return text(
                "%.0f ms away, it saves %.0f %% of the draft passes that co-located speculation makes in %s",
                trip.ms(), 100 * saved, question.target().code());
    }

    private static String latency(double latency) {
        double percent = 100 * Math.abs(1 - latency);
        return percent < 0.5
                ? "a token takes as long as with co-located speculation"
                : text("a token takes %.0f %% %s", percent, latency < 1 ? "less time" : "more time");
    }

    private static String money(double usd, double b1) {
        return text("a million tokens need accelerators' time for %.2f USD, %.2f with co-located speculation", usd, b1);
    }

    private String hours(List<HourOutcome> hours) {
        HourOutcome worst = hours.stream()
                .min(Comparator.comparingDouble(HourOutcome::score))
                .orElseThrow();
        HourOutcome busiest = hours.stream()
                .max(Comparator.comparingDouble(HourOutcome::weight))
                .orElseThrow();
        return text(
                "when %s is busiest (%02d:00 UTC), it is at %.0f %% of its own load; its worst hour is %02d:00 UTC, where it saves %.0f %%",
                question.target().code(),
                busiest.utcHour(),
                100 * curve.at(region, busiest.utcHour()),
                worst.utcHour(),
                100 * worst.saved());
    }

    private static void refusal(double saved, double latency, List<String> why) {
        if (saved < Advisor.SAVED_LEAST) {
            why.add(text("not recommended: it saves less than %.0f %%", 100 * Advisor.SAVED_LEAST));
        }
        if (latency > Advisor.LATENCY_MOST) {
            why.add(text(
                    "not recommended: tokens would be slower than %.2f times co-located speculation's",
                    Advisor.LATENCY_MOST));
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
