package io.wanspec.evaluation.report;

import io.wanspec.simulator.advice.RegionStudy;
import io.wanspec.simulator.advice.RegionStudy.Distance;
import io.wanspec.simulator.advice.RegionStudy.PairsWithin;
import io.wanspec.simulator.advice.StudiedTarget;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of the study of regions. */
final class RegionFigures {
    /** One a continent. */
    private static final List<String> TARGETS = List.of("us-east-1", "eu-central-1", "ap-northeast-1", "sa-east-1");

    private static final Axis.Numbers RTT = new Axis.Numbers("round trip between regions, ms", 0, 450, 50);
    private static final Axis.Numbers SHARE =
            new Axis.Numbers("share of B1's busy-region draft passes saved", 0, 1, 0.1);

    private RegionFigures() {}

    static List<Figure> of(RegionStudy study) {
        return List.of(pairs(study), saved(study), latency(study), hours(study));
    }

    private static Figure pairs(RegionStudy study) {
        List<Series.Point> points = study.within().stream()
                .map(each -> new Series.Point(each.ms(), each.pairs(), hint(each)))
                .toList();
        return new Figure(
                "study-pairs",
                "How many pairs of AWS's regions have a published round trip that is no longer.",
                new Chart(
                        "Pairs of regions within a round trip",
                        RTT,
                        Axis.Numbers.around("pairs of " + study.pairs(), 0, study.pairs()),
                        List.of(new Series("pairs", points, true)),
                        false));
    }

    private static Figure saved(RegionStudy study) {
        return new Figure(
                "study-saved",
                "Busy-region draft passes that a draft region saves, over its distance, for one session and for many at one target.",
                new Chart(
                        "What a draft region saves over its distance",
                        RTT,
                        SHARE,
                        distances(study, Distance::saved),
                        false));
    }

    private static Figure latency(RegionStudy study) {
        return new Figure(
                "study-latency",
                "Time a token takes with a draft region, over its distance, as a multiple of co-located speculation's (B1).",
                new Chart(
                        "Latency over the distance",
                        RTT,
                        new Axis.Numbers("latency / B1", 0.6, 1.2, 0.1),
                        distances(study, Distance::latency)));
    }

    private static List<Series> distances(RegionStudy study, ToDoubleFunction<Distance> value) {
        return Figures.grouped(
                        study.distances(), each -> each.sessions() + (each.sessions() == 1 ? " session" : " sessions"))
                .entrySet()
                .stream()
                .map(each -> new Series(
                        each.getKey(),
                        each.getValue().stream()
                                .map(at -> new Series.Point(at.rttMs(), value.applyAsDouble(at), hint(at)))
                                .toList(),
                        true))
                .toList();
    }

    private static Figure hours(RegionStudy study) {
        List<Series> series = study.targets().stream()
                .filter(target -> TARGETS.contains(target.target()))
                .map(target -> new Series(target.target(), hours(target), true))
                .toList();
        return new Figure(
                "study-hours",
                "What the best draft region of each hour saves, where its accelerators have other work too, by the hour of UTC.",
                new Chart(
                        "The best draft region of each hour",
                        new Axis.Numbers("hour, UTC", 0, 24, 3),
                        SHARE,
                        series,
                        false));
    }

    private static List<Series.Point> hours(StudiedTarget target) {
        return target.hours().stream()
                .map(hour -> new Series.Point(
                        hour.utcHour(),
                        hour.saved(),
                        String.format(
                                Locale.ROOT,
                                "%s, %02d:00 UTC: %s, %.0f ms, saves %.2f, latency %.2f of B1's",
                                target.target(),
                                hour.utcHour(),
                                hour.region(),
                                hour.rttMs(),
                                hour.saved(),
                                hour.latency())))
                .toList();
    }

    private static String hint(PairsWithin within) {
        return within.pairs() + " pairs within " + within.ms() + " ms";
    }

    private static String hint(Distance at) {
        return String.format(
                Locale.ROOT,
                "%.0f ms, %d at once: saves %.2f, latency %.2f of B1's",
                at.rttMs(),
                at.sessions(),
                at.saved(),
                at.latency());
    }
}
