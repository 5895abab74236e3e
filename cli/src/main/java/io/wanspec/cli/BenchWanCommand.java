package io.wanspec.cli;

import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.eval.EvalRun;
import io.wanspec.evaluation.wanbench.AnswerTrace;
import io.wanspec.evaluation.wanbench.WanBench;
import io.wanspec.evaluation.wanbench.WanBenchSettings;
import io.wanspec.evaluation.wanbench.WanJson;
import io.wanspec.evaluation.wanbench.WanRow;
import io.wanspec.evaluation.wanbench.WanSimulation;
import io.wanspec.evaluation.wanbench.WanTable;
import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec bench wan}. */
@Command(
        name = "wan",
        description = {
            "Measures WANSpec, co-located speculation (B1, with its best run length) and the target alone (B0) in the local cloud,"
                    + " with the real models, at several distances, and sets beside it what the simulator says when it replays the"
                    + " same texts.",
            "Only decoding counts: from the first token to the end. Some minutes a distance with --pace reference."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Measured, and all texts of a prompt are identical, whatever the figures.",
            "1:Texts differ, something could not be started, or a request failed.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found."
        })
final class BenchWanCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private WanOptions options = new WanOptions();

    @Option(
            names = "--simulate",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Record a trace of the same prompts, and simulate the same on it (default: yes).")
    private boolean simulates = true;

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    BenchWanCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws LaunchException, ChatFailure, IOException, InterruptedException {
        WanBenchSettings settings = options.settings();
        try (ProgressLine progress = new ProgressLine(context.console())) {
            WanBench.Outcome outcome = new WanBench(settings, context.clouds(), progress).run();
            List<WanRow> rows = new ArrayList<>(outcome.rows());
            Optional<String> difference = outcome.difference();
            if (simulates) {
                EvalRun run = EvalRun.of(context.home(), context.models());
                AnswerTrace recorded = AnswerTrace.record(settings, run, progress);
                difference = difference.or(() -> recorded.difference(outcome.answers()));
                rows.addAll(new WanSimulation(settings, recorded).run(outcome, progress));
            }
            progress.done();
            show(settings, outcome, rows, difference.isEmpty());
            return difference.map(this::differs).orElse(ExitCodes.OK);
        }
    }

    private void show(WanBenchSettings settings, WanBench.Outcome outcome, List<WanRow> rows, boolean identical) {
        Console console = context.console();
        if (json) {
            console.print(WanJson.of(TypedCommand.of(spec), settings, outcome, rows, identical));
            return;
        }
        console.print(console.outStyle()
                .bold(settings.draft() + " for " + settings.target() + ", "
                        + settings.prompts().size() + " prompts, up to " + settings.maxTokens()
                        + " tokens, temperature "
                        + settings.temperature()));
        console.print("pace: " + settings.pace().words());
        if (settings.slowness() != 1) {
            console.print("slowed down " + settings.slowness() + " times, round trips included; times divided by that");
        }
        console.print("cores: " + outcome.cores());
        console.print("");
        WanTable.lines(rows).forEach(console::print);
        console.print("");
        WanTable.legend().forEach(console::print);
        console.print("");
        WanTable.overheads(outcome.overheads()).forEach(console::print);
        WanTable.passes(outcome.passes()).forEach(console::print);
    }

    private int differs(String sentence) {
        context.console().error("the texts are NOT identical: " + sentence);
        return ExitCodes.FAILED;
    }
}
