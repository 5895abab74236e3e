package io.wanspec.cli;

import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.evaluation.eval.EvalReport;
import io.wanspec.evaluation.eval.EvalRun;
import io.wanspec.evaluation.eval.EvalTable;
import io.wanspec.evaluation.eval.Observations;
import io.wanspec.evaluation.eval.TraceRecorder;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanspec eval-draft}. */
@Command(
        name = "eval-draft",
        description = {
            "Tells how good a draft is: the target answers prompts, and the draft predicts every token of the answers, given the"
                    + " target's own text before it.",
            "Both run as they are served, the target in " + EngineSettings.TARGET_PRECISION + ", the draft in "
                    + EngineSettings.DRAFT_PRECISION
                    + ", in one process pinned like the target's server. Acceptance does not depend on the machine, times do."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Evaluated, whatever the figures.",
            "1:The evaluation could not be run.",
            "2:The command line or the file of prompts is wrong.",
            "4:A model could not be fetched or found."
        })
final class EvalDraftCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private EvalOptions options = new EvalOptions();

    @Option(
            names = "--json",
            description =
                    "Write JSON to standard output instead of a table: an object if --temperature is given, else an array"
                            + " of one object for each temperature (default: table).")
    private boolean json;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Also write a trace that the simulator replays, as 'wanspec record' does; replaces FILE.")
    private @Nullable Path trace;

    EvalDraftCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws LaunchException, IOException, InterruptedException {
        EvalRun.Settings settings = options.settings();
        EvalRun run = EvalRun.of(context.home(), context.models());
        Observations observations = new Observations();
        if (trace == null) {
            run(run, settings, observations);
        } else {
            try (TraceWriter writer = options.openTrace("--trace", trace)) {
                run(run, settings, EvalRun.Observer.both(observations, new TraceRecorder(writer, settings)));
                writer.finish();
            }
        }
        show(settings, observations, run.core().map(core -> "" + core).orElse("not pinned"));
        return ExitCodes.OK;
    }

    private void run(EvalRun run, EvalRun.Settings settings, EvalRun.Observer observer)
            throws LaunchException, InterruptedException {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            run.run(settings, observer, progress);
            progress.done();
        }
    }

    private void show(EvalRun.Settings settings, Observations observations, String core) {
        Console console = context.console();
        if (json) {
            console.print(new EvalReport(settings, core, observations).json());
            return;
        }
        String models = console.outStyle().bold(settings.draft() + " for " + settings.target());
        console.print(models + ", " + EngineSettings.TARGET_PRECISION + " and " + EngineSettings.DRAFT_PRECISION
                + ", 1 thread, core: " + core);
        EvalTable.of(observations).forEach(console::print);
    }
}
