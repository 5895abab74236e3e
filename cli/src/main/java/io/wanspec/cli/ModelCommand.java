package io.wanspec.cli;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wanspec model} and its subcommands. */
@Command(
        name = "model",
        description = "Lists and fetches models. They are kept in WANSPEC_HOME (default: ~/.wanspec).",
        synopsisSubcommandLabel = "(list | pull)")
final class ModelCommand {
    private ModelCommand() {}

    static ModelCommand group() {
        return new ModelCommand();
    }

    /** {@code wanspec model list}. */
    @Command(name = "list", description = "Shows the known models: name, role, size, state, and where each lies.")
    static final class ListModels implements Callable<Integer> {
        private static final double MEGABYTE = 1e6;
        private final CliContext context;

        ListModels(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            TextTable table = TextTable.of(words(23), words(6), numbers(9), words(12), words(5));
            table.row("NAME", "ROLE", "SIZE", "STATE", "WHERE");
            context.models().list().forEach(status -> table.row(cells(status)));
            context.console().print(table);
            return ExitCodes.OK;
        }

        private static List<String> cells(ModelStatus status) {
            return List.of(
                    status.model().name(),
                    status.model().role().word(),
                    status.bytes() == 0 ? "-" : String.format(Locale.ROOT, "%.1f MB", status.bytes() / MEGABYTE),
                    status.state().words(),
                    status.path().toString());
        }
    }

    /** {@code wanspec model pull}. */
    @Command(
            name = "pull",
            description = "Fetches a model now, or checks the one that is there byte for byte.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:It is there and whole.", "2:The command line is wrong.", "4:It could not be fetched."})
    static final class Pull implements Callable<Integer> {
        private final CliContext context;

        @Parameters(paramLabel = "NAME", description = "A name of 'wanspec model list'.")
        private String name = "";

        Pull(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws ModelException, InterruptedException {
            try (ProgressLine progress = new ProgressLine(context.console())) {
                Path path = context.models().pull(name, progress);
                progress.done();
                context.console().print(name + " is ready: " + path);
            }
            return ExitCodes.OK;
        }
    }
}
