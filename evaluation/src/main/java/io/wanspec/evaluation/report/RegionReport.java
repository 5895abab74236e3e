package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.simulator.advice.RegionStudy;
import io.wanspec.simulator.advice.StudiedTarget;
import io.wanspec.simulator.advice.StudiedTarget.StudiedRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The study of regions as a table, and as files. */
public final class RegionReport {
    private RegionReport() {}

    /** Writes {@code study.json}, and each figure under {@code figures}. */
    public static void write(RegionStudy study, Path folder) throws IOException {
        Path figures = Files.createDirectories(folder.resolve("figures"));
        for (Page.Drawn figure : drawn(study)) {
            Files.writeString(figures.resolve(figure.name() + ".svg"), figure.svg());
        }
        Files.writeString(folder.resolve("study.json"), study.json() + "\n");
    }

    static List<Page.Drawn> drawn(RegionStudy study) {
        return Report.drawn(RegionFigures.of(study));
    }

    public static List<String> lines(RegionStudy study) {
        TextTable table = TextTable.of(
                words(15),
                words(15),
                numbers(5),
                words(9),
                numbers(6),
                numbers(10),
                numbers(7),
                words(15),
                numbers(6),
                numbers(6));
        table.row("target", "best, own", "ms", "", "saved", "latency/B1", "USD/B1", "best, idle", "saved", "moved");
        study.targets().forEach(target -> table.row(row(target)));
        return table.lines();
    }

    private static String[] row(StudiedTarget target) {
        StudiedRegion own = target.own().getFirst();
        return new String[] {
            target.target(),
            own.region(),
            decimal("%.0f", own.rttMs()),
            own.roundTrip(),
            decimal("%.2f", own.saved()),
            decimal("%.2f", own.latency()),
            decimal("%.2f", own.usdAMillionTokens() / own.b1UsdAMillionTokens()),
            target.idle().region(),
            decimal("%.2f", target.idle().saved()),
            decimal("%.2f", target.movedSaved())
        };
    }

    /** What the columns mean, and how many pairs are near one another. */
    public static List<String> legend(RegionStudy study) {
        return List.of(
                "own: on an endpoint of one's own; idle: on what is left of accelerators with other work; moved: the best of each hour;",
                "saved: share of B1's busy-region draft passes; USD/B1: accelerators' time and transfer over B1's. Round trips are published",
                "ones of others, else assumed; load and prices as docs/study.md says. Nothing here was measured by us.",
                "Of " + study.pairs() + " pairs of regions " + within(study));
    }

    private static String within(RegionStudy study) {
        List<String> parts = study.within().stream()
                .filter(each -> List.of(20, 30, 50, 100).contains(each.ms()))
                .map(each -> each.pairs() + " lie within " + each.ms() + " ms")
                .toList();
        return String.join(", ", parts) + ".";
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
