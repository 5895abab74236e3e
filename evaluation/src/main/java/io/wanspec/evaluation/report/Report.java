package io.wanspec.evaluation.report;

import io.wanspec.simulator.study.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a study's findings into a folder. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code index.html}, {@code rows.json}, and each figure by itself under {@code figures}.
     *
     * @param folder made if it is not there
     * @return the page
     */
    public static Path write(Findings findings, Path folder) throws IOException {
        List<Page.Drawn> figures = drawn(findings);
        Path single = Files.createDirectories(folder.resolve("figures"));
        for (Page.Drawn figure : figures) {
            Files.writeString(single.resolve(figure.name() + ".svg"), figure.svg());
        }
        Files.writeString(folder.resolve("rows.json"), findings.json() + "\n");
        Path page = folder.resolve("index.html");
        Files.writeString(page, Page.of(findings, figures));
        return page;
    }

    /** Every figure that the findings suffice for, as SVG. */
    static List<Page.Drawn> drawn(Findings findings) {
        return drawn(Figures.of(findings));
    }

    static List<Page.Drawn> drawn(List<Figure> figures) {
        ECharts library = new ECharts();
        return figures.stream()
                .map(each ->
                        new Page.Drawn(each.name(), each.meaning(), Drawing.of(each.chart(), each.name(), library)))
                .toList();
    }
}
