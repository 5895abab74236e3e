package io.wanspec.evaluation.report;

import com.samskivert.mustache.Mustache;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.study.Findings;
import java.util.List;

/**
 * The report as one page that needs nothing else: what its template, {@code report.html}, asks for by name.
 *
 * @param command that finds the same again
 */
record Page(String command, List<Page.Drawn> figures, List<Contender> policies, List<PageTable> tables) {
    /** A figure with its drawing. */
    record Drawn(String name, String meaning, String svg) {}

    /** @param figures the findings' figures, drawn */
    static String of(Findings findings, List<Drawn> figures) {
        PageTable rows = PageTable.ofRows(findings.rows());
        List<PageTable> tables = findings.capacity().isEmpty()
                ? List.of(rows)
                : List.of(PageTable.ofCapacity(findings.capacity()), rows);
        Page page = new Page(findings.command(), figures, Catalogue.all(), tables);
        return Mustache.compiler().compile(Resources.text("report.html")).execute(page);
    }
}
