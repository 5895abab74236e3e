package io.wanspec.cli;

import io.wanspec.evaluation.loadbench.LoadBench;
import io.wanspec.evaluation.loadbench.LoadJson;
import io.wanspec.evaluation.loadbench.LoadSettings;
import io.wanspec.evaluation.loadbench.LoadTable;
import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec bench load}. */
@Command(
        name = "load",
        description = {
            "Measures the local cloud under load, in every mode: so many clients at once, each of which asks again as soon as it"
                    + " has its answer of 32 tokens, over HTTP, streamed. Several short rounds of every point in turn; at most ten"
                    + " minutes.",
            "What happens before all clients are served, and behind that, does not count. Every text is compared with what the"
                    + " same cloud answered while it was idle."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Measured, no request failed and all texts of a prompt are identical, whatever the figures.",
            "1:Texts differ, something could not be started, or a request failed.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found."
        })
final class BenchLoadCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    BenchLoadCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws LaunchException, IOException, InterruptedException {
        LoadSettings settings = options.settings();
        LoadBench.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(context.console())) {
            outcome = new LoadBench(settings, context.clouds(), progress).run();
            progress.done();
        }
        show(settings, outcome);
        LoadTable.failures(outcome.rows()).forEach(context.console()::error);
        return outcome.isWhole() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void show(LoadSettings settings, LoadBench.Outcome outcome) {
        Console console = context.console();
        if (json) {
            console.print(LoadJson.of(TypedCommand.of(spec), settings, outcome));
            return;
        }
        console.print(console.outStyle()
                .bold(settings.cloud().draft() + " for " + settings.cloud().target() + ", streamed answers of "
                        + LoadSettings.TOKENS + " tokens, temperature " + settings.temperature()));
        console.print("pace: " + settings.cloud().pace().words());
        if (settings.slowness() != 1) {
            console.print("slowed down " + settings.slowness() + " times, round trips included; times divided by that");
        }
        console.print("cores: " + outcome.cores());
        console.print("rounds: " + outcome.rounds());
        console.print("");
        LoadTable.lines(outcome.rows()).forEach(console::print);
        console.print("");
        LoadTable.legend().forEach(console::print);
    }
}
