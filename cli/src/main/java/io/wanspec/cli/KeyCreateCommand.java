package io.wanspec.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.local.launch.LaunchException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanspec key create}. */
@Command(
        name = "create",
        description = "Makes a key and shows it, this once: only its hash is kept.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:It is made.", "1:The table cannot be reached.", "2:The command line is wrong."})
final class KeyCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeyTableOptions tableOptions = new KeyTableOptions();

    @Mixin
    private KeyPolicyOptions policyOptions = new KeyPolicyOptions();

    @Option(names = "--name", paramLabel = "TEXT", required = true, description = "What it is for, 1 to 64 characters.")
    private String name = "";

    @Option(
            names = "--owner",
            paramLabel = "TEXT",
            description = "Whose it is: keys of one owner reach the same responses (default: the key's own).")
    private @Nullable String owner;

    @Option(names = "--json", description = "Write one JSON object (default: the key, and a line about it).")
    private boolean json;

    KeyCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws LaunchException {
        requireName("--name", name);
        requireName("--owner", owner == null ? name : owner);
        try (KeyTable table = tableOptions.open(context.home())) {
            KeyMaker.Made made = KeyMaker.make(table.keys(), name, Optional.ofNullable(owner), policyOptions.policy());
            show(made);
            return ExitCodes.OK;
        }
    }

    private void requireName(String option, String value) {
        if (!AccessKey.isName(value)) {
            throw new ParameterException(
                    Bounds.of(spec).spec().commandLine(),
                    option + " must be 1 to 64 characters, none of them a control.");
        }
    }

    private void show(KeyMaker.Made made) {
        Console console = context.console();
        if (json) {
            ObjectNode node = KeyJson.of(made.made());
            node.put("key", made.secret().reveal());
            console.print(node.toString());
            return;
        }
        console.print(console.outStyle().bold(made.secret().reveal()));
        console.err()
                .println(
                        "Key " + made.made().id() + " is made. It is shown this once: keep it where secrets are kept.");
    }
}
