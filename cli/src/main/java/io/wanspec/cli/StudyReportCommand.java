package io.wanspec.cli;

import io.wanspec.evaluation.probe.ProbeException;
import io.wanspec.evaluation.probe.ProbeFindings;
import io.wanspec.evaluation.probe.ProbeLog;
import io.wanspec.evaluation.report.ProbeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec study report}. */
@Command(
        name = "report",
        description = "What a probe's log says, by endpoint, region and hour; also of one that is still being written.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Done.", "1:The log could not be read, or a file not written.", "2:The command line is wrong."
        })
final class StudyReportCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "A log of ./wanspec study probe.")
    private Path from = Path.of("probe.jsonl");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write probe.json and the figures there (default: nowhere).")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of tables (default: tables).")
    private boolean json;

    StudyReportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Console console = context.console();
        if (!Files.isRegularFile(from)) {
            throw Bounds.of(spec).outside("--from", from.toString(), "a log of a probe", "--from probe.jsonl");
        }
        try {
            ProbeFindings findings = ProbeFindings.of(ProbeLog.read(from));
            write(findings);
            if (json) {
                console.print(findings.json());
            } else {
                ProbeReport.lines(findings).forEach(console::print);
            }
            return ExitCodes.OK;
        } catch (ProbeException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCodes.FAILED;
        }
    }

    private void write(ProbeFindings findings) throws IOException {
        Path folder = out;
        if (folder != null) {
            OptionFolder.make(Bounds.of(spec), "--out", folder);
            ProbeReport.write(findings, folder);
        }
    }
}
