package io.wanspec.cli;

import io.wanspec.evaluation.report.RegionReport;
import io.wanspec.simulator.advice.OutcomeSimulation;
import io.wanspec.simulator.advice.OutcomeTable;
import io.wanspec.simulator.advice.RegionStudy;
import io.wanspec.simulator.run.Crew;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec study compute}. */
@Command(
        name = "compute",
        description = {
            "For every AWS region as the target's, and every hour of UTC: the best draft regions, what they save of the busy region's"
                    + " draft passes, latency and money, and how many pairs of regions are near one another.",
            "From the round trips, prices, load curve and simulated outcomes that lie in the repository; asks nobody."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Done.", "1:A file could not be written.", "2:The command line is wrong."})
final class StudyComputeCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--simulate",
            description =
                    "Simulate the outcomes anew first, some minutes, in place of those that are kept, and write outcomes.csv too"
                            + " (with --out).")
    private boolean simulate;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write study.json and the figures there (default: nowhere).")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    StudyComputeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        makeFolder();
        RegionStudy study = RegionStudy.of(TypedCommand.of(spec), outcomes());
        Path folder = out;
        if (folder != null) {
            RegionReport.write(study, folder);
        }
        Console console = context.console();
        if (json) {
            console.print(study.json());
        } else {
            RegionReport.lines(study).forEach(console::print);
            console.print("");
            RegionReport.legend(study).forEach(console::print);
        }
        return ExitCodes.OK;
    }

    private OutcomeTable outcomes() throws InterruptedException, IOException {
        if (!simulate) {
            return OutcomeTable.ofRepository();
        }
        try (ProgressLine progress = new ProgressLine(context.console())) {
            progress.step("simulating distances and loads");
            int threads = Math.min(Crew.THREADS_MAX, Runtime.getRuntime().availableProcessors());
            List<String> lines = OutcomeSimulation.kept(threads, progress::count);
            progress.done();
            Path folder = out;
            if (folder != null) {
                Files.write(folder.resolve("outcomes.csv"), lines);
            }
            return OutcomeTable.ofLines(lines);
        }
    }

    /** Before anything that takes time. */
    private void makeFolder() {
        Path folder = out;
        if (folder != null) {
            OptionFolder.make(Bounds.of(spec), "--out", folder);
        }
    }
}
