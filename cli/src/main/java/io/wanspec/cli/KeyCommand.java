package io.wanspec.cli;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.local.launch.LaunchException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanspec key} and its subcommands but {@code create}. */
@Command(
        name = "key",
        description = "Makes, lists and revokes the keys that the API asks for (see docs/access.md).",
        synopsisSubcommandLabel = "(create | list | revoke | usage)")
final class KeyCommand {
    private KeyCommand() {}

    static KeyCommand group() {
        return new KeyCommand();
    }

    /** Says that there is no such key. */
    private static int unknown(Console console, String id) {
        console.error("there is no key '" + id + "'; './wanspec key list' shows those that there are.");
        return ExitCodes.FAILED;
    }

    /** {@code wanspec key list}. */
    @Command(name = "list", description = "Shows the keys: what they open, how much, and whether they still do.")
    static final class ListKeys implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Option(names = "--json", description = "Write one JSON object (default: a table).")
        private boolean json;

        ListKeys(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            try (KeyTable table = tableOptions.open(context.home())) {
                List<AccessKey> keys = table.keys().list();
                if (json) {
                    context.console()
                            .print(KeyJson.listed(
                                            "keys",
                                            keys.stream().map(KeyJson::of).toList())
                                    .toString());
                } else {
                    context.console().print(listed(keys));
                }
                return ExitCodes.OK;
            }
        }

        private static TextTable listed(List<AccessKey> keys) {
            TextTable table = TextTable.of(
                    words(12),
                    words(16),
                    words(12),
                    words(8),
                    words(19),
                    numbers(7),
                    numbers(9),
                    numbers(11),
                    numbers(6),
                    words(7));
            table.row(
                    "ID",
                    "NAME",
                    "OWNER",
                    "STATE",
                    "SCOPES",
                    "REQ/MIN",
                    "TOKENS/MIN",
                    "TOKENS/DAY",
                    "AT ONCE",
                    "REGIONS");
            keys.forEach(key -> table.row(
                    key.id(),
                    key.name(),
                    key.owner(),
                    KeyJson.state(key),
                    key.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(",")),
                    shown(key.limits().requestsPerMinute()),
                    shown(key.limits().tokensPerMinute()),
                    shown(key.limits().tokensPerDay()),
                    shown(key.limits().concurrent()),
                    key.regions().allowed().isEmpty() ? "any" : key.regions().toString()));
            return table;
        }

        private static String shown(OptionalLong limit) {
            return limit.isPresent() ? String.valueOf(limit.getAsLong()) : "-";
        }
    }

    /** {@code wanspec key revoke}. */
    @Command(
            name = "revoke",
            description =
                    "Makes a key open nothing any more: within 30 s, for that long servers and gateways remember keys."
                            + " Answers under way end as they would.")
    static final class Revoke implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Parameters(paramLabel = "ID", description = "As 'wanspec key list' shows it; the 12 characters behind 'wsk_'.")
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
                KeyStore keys = table.keys();
                Optional<AccessKey> revoked = keys.revoke(id, Instant.now());
                if (revoked.isEmpty()) {
                    return unknown(console, id);
                }
                console.print(
                        json
                                ? KeyJson.of(revoked.get()).toString()
                                : "Key " + id + " (" + revoked.get().name() + ") is revoked.");
                return ExitCodes.OK;
            }
        }
    }

    /** {@code wanspec key usage}. */
    @Command(name = "usage", description = "Shows what keys used, by day of UTC; servers tell within seconds.")
    static final class Usage implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private KeyTableOptions tableOptions = new KeyTableOptions();

        @Parameters(paramLabel = "ID", arity = "0..1", description = "Of one key (default: of all of them).")
        private @Nullable String id;

        @Option(names = "--json", description = "Write one JSON object (default: a table).")
        private boolean json;

        Usage(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            try (KeyTable table = tableOptions.open(context.home())) {
                List<AccessKey> keys = id == null
                        ? table.keys().list()
                        : table.keys().findById(id).stream().toList();
                if (id != null && keys.isEmpty()) {
                    return unknown(context.console(), id);
                }
                show(keys, table.usage());
                return ExitCodes.OK;
            }
        }

        private void show(List<AccessKey> keys, UsageTable usage) {
            if (json) {
                context.console()
                        .print(KeyJson.listed(
                                        "usage",
                                        keys.stream()
                                                .map(key -> KeyJson.of(key, usage.days(key.id())))
                                                .toList())
                                .toString());
                return;
            }
            TextTable table = TextTable.of(words(12), words(16), words(10), numbers(9), numbers(12));
            table.row("ID", "NAME", "DAY", "REQUESTS", "TOKENS");
            keys.forEach(key -> usage.days(key.id())
                    .forEach(day -> table.row(
                            key.id(),
                            key.name(),
                            day.date().toString(),
                            String.valueOf(day.requests()),
                            String.valueOf(day.tokens()))));
            context.console().print(table);
        }
    }
}
