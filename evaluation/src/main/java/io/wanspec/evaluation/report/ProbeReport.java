package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.probe.ProbeFindings;
import io.wanspec.evaluation.probe.ProbeFindings.OfHour;
import io.wanspec.evaluation.table.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a probe found, as tables and as files. */
public final class ProbeReport {
    private ProbeReport() {}

    /** Writes {@code probe.json}, and under {@code figures} those that there is something to show in. */
    public static void write(ProbeFindings findings, Path folder) throws IOException {
        Path figures = Files.createDirectories(folder.resolve("figures"));
        for (Page.Drawn figure : Report.drawn(figures(findings))) {
            Files.writeString(figures.resolve(figure.name() + ".svg"), figure.svg());
        }
        Files.writeString(folder.resolve("probe.json"), findings.json() + "\n");
    }

    static List<Figure> figures(ProbeFindings findings) {
        List<Figure> figures = new ArrayList<>();
        add(
                figures,
                findings,
                "probe-first-token",
                "Time to the first token by the hour",
                "median, ms",
                OfHour::firstTokenMsP50);
        add(
                figures,
                findings,
                "probe-speed",
                "Speed by the hour",
                "median, tokens a second",
                OfHour::tokensPerSecondP50);
        return figures;
    }

    private static void add(
            List<Figure> figures,
            ProbeFindings findings,
            String name,
            String title,
            String unit,
            Function<OfHour, @Nullable Double> value) {
        List<OfHour> shown = findings.regions().stream()
                .filter(hour -> value.apply(hour) != null)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        List<Series> series = Figures.grouped(shown, OfHour::region).entrySet().stream()
                .map(each -> new Series(each.getKey(), points(each.getValue(), value), true))
                .toList();
        double most = shown.stream()
                .mapToDouble(hour -> number(value.apply(hour)))
                .max()
                .orElse(1);
        figures.add(new Figure(
                name,
                title + ", of each region that was probed.",
                new Chart(
                        title,
                        new Axis.Numbers("hour, UTC", 0, 24, 3),
                        Axis.Numbers.around(unit, 0, most),
                        series,
                        false)));
    }

    private static List<Series.Point> points(List<OfHour> hours, Function<OfHour, @Nullable Double> value) {
        return hours.stream()
                .map(hour -> new Series.Point(
                        hour.utcHour(),
                        number(value.apply(hour)),
                        String.format(
                                Locale.ROOT,
                                "%s, %02d:00 UTC: %.1f of %d",
                                hour.region(),
                                hour.utcHour(),
                                number(value.apply(hour)),
                                hour.asked())))
                .toList();
    }

    private static double number(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    public static List<String> lines(ProbeFindings findings) {
        List<String> lines = new ArrayList<>();
        lines.add("began " + findings.began() + ", " + findings.asked() + " of " + findings.planned()
                + " planned requests asked");
        lines.add("");
        TextTable endpoints = TextTable.of(
                words(16), words(16), numbers(6), numbers(6), numbers(10), numbers(9), numbers(9), numbers(8));
        endpoints.row("endpoint", "region", "asked", "failed", "connect ms", "first p50", "first p95", "tokens/s");
        findings.endpoints()
                .forEach(each -> endpoints.row(
                        each.endpoint(),
                        each.region(),
                        "" + each.asked(),
                        "" + each.failed(),
                        cell(each.connectMsP50()),
                        cell(each.firstTokenMsP50()),
                        cell(each.firstTokenMsP95()),
                        cell(each.tokensPerSecondP50())));
        lines.addAll(endpoints.lines());
        lines.add("");
        lines.addAll(hours(findings));
        return lines;
    }

    private static List<String> hours(ProbeFindings findings) {
        TextTable hours =
                TextTable.of(words(16), numbers(5), numbers(6), numbers(6), numbers(6), numbers(9), numbers(8));
        hours.row("region", "UTC", "local", "asked", "failed", "first p50", "tokens/s");
        findings.regions()
                .forEach(each -> hours.row(
                        each.region(),
                        "" + each.utcHour(),
                        each.localHour() == null ? "" : "" + each.localHour(),
                        "" + each.asked(),
                        "" + each.failed(),
                        cell(each.firstTokenMsP50()),
                        cell(each.tokensPerSecondP50())));
        return hours.lines();
    }

    private static String cell(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.1f", value);
    }
}
