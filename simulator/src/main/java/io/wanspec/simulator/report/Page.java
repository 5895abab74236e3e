package io.wanspec.simulator.report;

import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.List;
import java.util.Locale;

/** The report as one page that needs nothing else. */
final class Page {
    private static final String CSS =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
                    + "color:#222;background:#fff}figure{margin:2rem 0}figcaption{margin-bottom:.5rem}svg{width:100%;height:auto}"
                    + "table{border-collapse:collapse;font-size:.8rem;width:100%}th,td{padding:.15rem .5rem;text-align:right;"
                    + "border-bottom:1px solid #ccc;font-variant-numeric:tabular-nums}th:first-child,td:first-child,.name{text-align:left}"
                    + "pre{overflow-x:auto;padding:.6rem;background:#f3f3f3}.wide{overflow-x:auto}"
                    + "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#1b1b1b}th,td{border-color:#444}"
                    + "pre{background:#2a2a2a}}";

    private Page() {}

    static String of(Findings findings, List<Figures.Figure> figures) {
        Markup out = new Markup();
        out.raw("<!DOCTYPE html>\n");
        out.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").line();
        out.open("head").empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.element("title", "WANSpec in virtual time")
                .element("style", CSS)
                .close()
                .line();
        out.open("body").line();
        introduction(out, findings);
        for (Figures.Figure figure : figures) {
            out.open("figure", "id", figure.name()).line();
            out.element("figcaption", figure.meaning()).line();
            out.raw(figure.svg());
            out.close().line();
        }
        policies(out);
        if (!findings.capacity().isEmpty()) {
            capacity(out, findings.capacity());
        }
        rows(out, findings.rows());
        return out.close().line().close().line().toString();
    }

    private static void introduction(Markup out, Findings findings) {
        out.element("h1", "WANSpec in virtual time").line();
        out.element(
                        "p",
                        "The real controller and the real draft workers in a simulated network, with synthetic texts: the draft's"
                                + " first choice is the target's with a fixed mean probability that goes with its entropy. All"
                                + " figures are ratios to co-located speculation with its best fixed run length (B1) on the same"
                                + " texts. Simulated, not measured on GPUs.")
                .line();
        out.element("pre", findings.command()).line();
        out.open("p")
                .text("All rows: ")
                .element("a", "rows.json", "href", "rows.json")
                .text(".")
                .close()
                .line();
    }

    private static void policies(Markup out) {
        out.element("h2", "Policies").line();
        out.open("table").open("tbody").line();
        for (Contender each : Catalogue.all()) {
            out.open("tr")
                    .element("td", each.name())
                    .element("td", each.what(), "class", "name")
                    .close()
                    .line();
        }
        out.close().close().line();
    }

    private static void capacity(Markup out, List<CapacityRow> rows) {
        out.element("h2", "Users of one target").line();
        header(
                out,
                "policy",
                "choice",
                "RTT ms",
                "limit ms",
                "p95 ms",
                "users",
                "users / B1",
                "target passes a token",
                "utilisation");
        for (CapacityRow row : rows) {
            out.open("tr").element("td", row.policy()).element("td", row.choice());
            cells(out, "%.0f", row.rttMs());
            cells(out, "%.1f", row.limitMsPerToken(), row.p95MsPerToken());
            cells(out, "%.0f", row.users());
            cells(out, "%.2f", row.usersVsB1(), row.targetPassesPerToken(), row.utilisation());
            out.close().line();
        }
        out.close().close().close().line();
    }

    private static void rows(Markup out, List<Row> rows) {
        out.element("h2", "All rows").line();
        header(
                out,
                "policy",
                "choice",
                "scenario",
                "RTT ms",
                "acceptance",
                "ms a token",
                "latency / B1",
                "±",
                "busy / B1",
                "target / B1",
                "remote a token",
                "WAN bytes a token",
                "stall ms a token");
        for (Row row : rows) {
            out.open("tr").element("td", row.policy()).element("td", row.choice());
            out.element("td", row.scenario(), "class", "name");
            cells(out, "%.0f", row.rttMs());
            cells(out, "%.1f", row.alpha());
            cells(out, "%.2f", row.msPerToken());
            cells(
                    out,
                    "%.3f",
                    row.latencyVsB1(),
                    row.latencyError(),
                    row.busyDraftPassesVsB1(),
                    row.targetPassesVsB1());
            cells(out, "%.2f", row.remoteDraftPassesPerToken());
            cells(out, "%.0f", row.wanBytesPerToken());
            cells(out, "%.2f", row.stallMsPerToken());
            out.close().line();
        }
        out.close().close().close().line();
    }

    private static void header(Markup out, String... names) {
        out.open("div", "class", "wide").open("table").open("thead").open("tr");
        for (String name : names) {
            out.element("th", name);
        }
        out.close().close().line().open("tbody").line();
    }

    private static void cells(Markup out, String format, double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a row holds " + value);
            }
            out.element("td", String.format(Locale.ROOT, format, value));
        }
    }
}
