package io.wanspec.cli;

import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.evaluation.bench.BenchReport;
import io.wanspec.evaluation.bench.BenchRun;
import io.wanspec.local.launch.LaunchException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec bench}. */
@Command(
        name = "bench",
        description = {
            "Measures what passes of the target and of the draft cost on this machine, in one process pinned like the target's"
                    + " server, all cases in turn, and compares their ratios with the project's goals.",
            "Other work on the machine disturbs times much, ratios less. The exit code says nothing about goals."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Measured, whatever the figures.",
            "1:The benchmark could not be run.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 10_000;

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    private int rounds = 64;

    BenchCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "64",
            description = "How often each case is measured, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    void setRounds(String value) {
        rounds = (int) Bounds.of(spec).whole("--rounds", value, 1, ROUNDS_MAX, "", "--rounds 64");
    }

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        BenchRun run = BenchRun.of(context.home(), context.models());
        try (ProgressLine progress = new ProgressLine(context.console())) {
            BenchReport report = new BenchReport(run.run(models.target(), models.draft(), rounds, progress));
            progress.done();
            show(report, run.core().map(core -> "" + core).orElse("not pinned"));
        }
        return ExitCodes.OK;
    }

    private void show(BenchReport report, String core) {
        Console console = context.console();
        if (json) {
            console.print(report.json(models.target(), models.draft(), core));
            return;
        }
        console.print(console.outStyle().bold(models.target() + " and " + models.draft()) + ", "
                + EngineSettings.TARGET_PRECISION + " and " + EngineSettings.DRAFT_PRECISION + ", 1 thread, core: "
                + core);
        report.lines().forEach(console::print);
    }
}
