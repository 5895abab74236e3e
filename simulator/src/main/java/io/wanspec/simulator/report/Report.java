package io.wanspec.simulator.report;

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
        List<Figures.Figure> figures = new Figures(findings).all();
        Path single = Files.createDirectories(folder.resolve("figures"));
        for (Figures.Figure figure : figures) {
            Files.writeString(single.resolve(figure.name() + ".svg"), figure.svg());
        }
        Files.writeString(folder.resolve("rows.json"), findings.json() + "\n");
        Path page = folder.resolve("index.html");
        Files.writeString(page, Page.of(findings, figures));
        return page;
    }
}
