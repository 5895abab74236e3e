package io.wanspec.infra.command;

import io.wanspec.infra.local.LocalDeploymentException;
import io.wanspec.infra.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./wanspec deploy}: a program of its own, because CDK is large and no other command needs it. */
@Command(
        name = "wanspec deploy",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Deploys WANSpec to AWS accounts from one file of settings (infra-cdk/examples/wanspec.yaml; docs/deploy.md).",
        subcommands = {
            PlanCommand.class,
            SynthCommand.class,
            CdkCommand.Diff.class,
            CdkCommand.Up.class,
            CdkCommand.Down.class,
            SmokeCommand.class
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Something failed; the message says what.",
            "2:The command line or the settings are wrong."
        })
public final class DeployMain {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private DeployMain() {}

    public static void main(String... arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine root = new CommandLine(new DeployMain());
        return root.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(err, e))
                .execute(arguments);
    }

    private static int failed(PrintWriter err, Exception e) {
        return switch (e) {
            case SettingsException settings -> say(err, settings.getMessage(), USAGE);
            case LocalDeploymentException refused -> say(err, String.valueOf(refused.getMessage()), FAILED);
            case IllegalArgumentException refused -> say(err, refused.getMessage(), FAILED);
            case NoSuchFileException missing -> say(err, "there is no " + missing.getFile(), FAILED);
            case AccessDeniedException denied ->
                say(err, "this user may not read or write " + denied.getFile(), FAILED);
            case IOException io -> say(err, io.toString(), FAILED);
            default -> say(err, e.toString(), FAILED);
        };
    }

    private static int say(PrintWriter err, @org.jspecify.annotations.Nullable String sentence, int exitCode) {
        err.println("wanspec deploy: " + sentence);
        return exitCode;
    }

    /** The project's folder, which the script names. */
    static Path checkout() {
        return Path.of(System.getProperty("wanspec.root", ".")).toAbsolutePath().normalize();
    }
}
