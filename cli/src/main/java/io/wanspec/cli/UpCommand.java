package io.wanspec.cli;

import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.LaunchException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec up}. */
@Command(
        name = "up",
        description = {
            "Starts the local cloud and stays: an OpenAI-compatible API in front of a busy region and a draft region.",
            "What it started is watched, and started again when it dies. Ctrl-C or SIGTERM stops everything."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:Something could not be started, or died again and again.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found.",
            "130:Stopped by Ctrl-C.",
            "143:Stopped by SIGTERM."
        })
final class UpCommand implements Callable<Integer> {
    private final CliContext context;
    private final CountDownLatch until;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private CloudOptions cloudOptions = new CloudOptions();

    private int port = 8080;

    @Option(
            names = "--require-keys",
            description =
                    "Ask every request for a key; makes one and shows it (default: whoever is on this machine may use"
                            + " the API).")
    private boolean requireKeys;

    /** @param until opened when the command shall end; outside of tests the process's end is the end */
    UpCommand(CliContext context, CountDownLatch until) {
        this.context = context;
        this.until = until;
    }

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the gateway on 127.0.0.1, 0 for any free one (default: ${DEFAULT-VALUE}).")
    void setPort(String value) {
        port = (int) Bounds.of(spec).whole("--port", value, 0, 65_535, "", "--port 8080");
    }

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        CloudSettings open = cloudOptions.settings(port);
        CloudSettings settings = requireKeys ? open.requiringKeys() : open;
        try (ProgressLine progress = new ProgressLine(context.console());
                Cloud cloud = context.clouds().start(settings, progress)) {
            progress.done();
            show(cloud, settings, requireKeys ? "-H 'Authorization: Bearer " + firstKey() + "' " : "");
            return await(cloud);
        }
    }

    private int await(Cloud cloud) throws InterruptedException {
        CompletableFuture<String> failure = cloud.failure();
        var _ = failure.thenRun(until::countDown);
        until.await();
        if (failure.isDone()) {
            context.console().error(failure.join());
            return ExitCodes.FAILED;
        }
        return ExitCodes.OK;
    }

    /** The table of a new cloud is empty, so nobody has a key yet. */
    private String firstKey() throws LaunchException {
        try (KeyTable table = KeyTable.local(context.home())) {
            return KeyMaker.draw(table.keys(), "up", Optional.empty(), KeyMaker.UNLIMITED);
        }
    }

    private void show(Cloud cloud, CloudSettings settings, String authorization) {
        Console console = context.console();
        Style style = console.outStyle();
        String base = cloud.gateway().resolve("/v1").toString();
        console.print(style.bold("The local cloud is up: ") + style.green(base));
        console.print("");
        console.print("Try:");
        console.print(
                "  curl -N " + base + "/chat/completions " + authorization + "-H 'Content-Type: application/json' \\");
        console.print(
                "    -d '{\"model\": \"" + settings.targetName()
                        + "\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Why is the sky blue?\"}]}'");
        console.print("");
        cloud.addresses().forEach(address -> console.print(style.dim("  " + address)));
        console.print(style.dim("  cores: " + cloud.cores()));
        console.print(style.dim("  pace: " + settings.pace().words()));
        console.print(style.dim("  logs: " + context.home().logs()));
        console.print("");
        console.print("Ctrl-C stops it.");
    }
}
