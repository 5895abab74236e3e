package io.wanspec.cli;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.evaluation.table.TextTable;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.workers.WorkerToken;
import io.wanspec.local.launch.LaunchException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanspec worker token} and its subcommands. */
@Command(
        name = "token",
        description =
                "Makes, lists and revokes the tokens with which workers on site join (see docs/on-site-workers.md).",
        synopsisSubcommandLabel = "(create | list | revoke)")
final class WorkerTokenCommand {
    private WorkerTokenCommand() {}

    static WorkerTokenCommand group() {
        return new WorkerTokenCommand();
    }

    /** {@code wanspec worker token create}. */
    @Command(
            name = "create",
            description = "Makes a token. It is shown once; keep it in a file that others cannot read.")
    static final class Create implements Callable<Integer> {
        private final CliContext context;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Mixin
        private WorkerTokenOptions tokenOptions = new WorkerTokenOptions();

        @Option(
                names = "--name",
                paramLabel = "TEXT",
                required = true,
                description = "What it is for, 1 to 64 characters.")
        private String name = "";

        @Option(names = "--json", description = "Write one JSON object (default: the token, and a line about it).")
        private boolean json;

        Create(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            if (!AccessKey.isName(name)) {
                throw new ParameterException(
                        Bounds.of(spec).spec().commandLine(),
                        "--name must be 1 to 64 characters, none of them a control.");
            }
            var policy = new KeyMaker.Policy(
                    Set.of(Scope.WORKER), tokenOptions.limits(), PromptRegions.any(), tokenOptions.lifetime());
            KeyMaker.Made made = KeyMaker.draw(name, Optional.empty(), policy);
            WorkerToken token = new WorkerToken(made.made(), tokenOptions.scope());
            try (KeyTable table = tableOptions.open(context.home())) {
                table.workerTokens().create(token);
            }
            show(token, made.secret().reveal());
            return ExitCodes.OK;
        }

        private void show(WorkerToken token, String secret) {
            Console console = context.console();
            if (json) {
                ObjectNode node = WorkerTokenJson.of(token);
                node.put("token", secret);
                console.print(node.toString());
                return;
            }
            console.print(console.outStyle().bold(secret));
            console.err()
                    .println("Token " + token.key().id()
                            + " is made. It is shown this once: keep it in a file that others cannot read.");
        }
    }

    /** {@code wanspec worker token list}. */
    @Command(
            name = "list",
            description = "Shows the tokens: for which site, how much, and whether they still let workers in.")
    static final class ListTokens implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Option(names = "--json", description = "Write one JSON object (default: a table).")
        private boolean json;

        ListTokens(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            try (KeyTable table = tableOptions.open(context.home())) {
                List<WorkerToken> tokens = table.workerTokens().list();
                if (json) {
                    List<ObjectNode> nodes =
                            tokens.stream().map(WorkerTokenJson::of).toList();
                    context.console().print(KeyJson.listed("tokens", nodes).toString());
                } else {
                    context.console().print(listed(tokens));
                }
                return ExitCodes.OK;
            }
        }

        private static TextTable listed(List<WorkerToken> tokens) {
            TextTable table = TextTable.of(words(12), words(16), words(8), words(16), numbers(7), numbers(7), words(7));
            table.row("ID", "NAME", "STATE", "SITE", "SLOTS", "WORKERS", "OWNERS");
            tokens.forEach(token -> table.row(
                    token.key().id(),
                    token.key().name(),
                    KeyJson.state(token.key()),
                    token.scope().site(),
                    String.valueOf(token.scope().slots()),
                    String.valueOf(token.scope().workers()),
                    token.scope().owners().isEmpty()
                            ? "any"
                            : String.join(",", token.scope().owners())));
            return table;
        }
    }

    /** {@code wanspec worker token revoke}. */
    @Command(
            name = "revoke",
            description = "Lets nobody join with a token any more. Workers that are there are out within 61 s.")
    static final class Revoke implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Parameters(paramLabel = "ID", description = "As 'wanspec worker token list' shows it.")
        private String id = "";

        @Option(names = "--json", description = "Write one JSON object (default: a line).")
        private boolean json;

        Revoke(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            Console console = context.console();
            try (KeyTable table = tableOptions.open(context.home())) {
                Optional<WorkerToken> revoked = table.workerTokens().revoke(id, Instant.now());
                if (revoked.isEmpty()) {
                    console.error("there is no token '" + id
                            + "'; './wanspec worker token list' shows those that there are.");
                    return ExitCodes.FAILED;
                }
                console.print(
                        json
                                ? WorkerTokenJson.of(revoked.get()).toString()
                                : "Token " + id + " is revoked: its workers are out within 61 s.");
                return ExitCodes.OK;
            }
        }
    }
}
