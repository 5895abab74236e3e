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

    @Option(
            names = "--on-site",
            description = "Let draft workers on site join: './wanspec worker' on this machine (default: none can).")
    private boolean onSite;

    @Option(
            names = "--wait-for-drafts",
            description =
                    "Be up only when the drafts take part, too (default: as soon as requests are answered; until the"
                            + " drafts take part the target answers alone, with the same texts).")
    private boolean waitForDrafts;

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
        CloudSettings asked = requireKeys ? open.requiringKeys() : open;
        CloudSettings settings = onSite ? asked.withWorkersOnSite() : asked;
        try (ProgressLine progress = new ProgressLine(context.console());
                Cloud cloud = start(settings, progress)) {
            progress.done();
            boolean whole = cloud.whole().isDone();
            show(cloud, settings, requireKeys ? "-H 'Authorization: Bearer " + firstKey() + "' " : "", whole);
            if (!whole) {
                var _ = cloud.whole().thenRun(() -> tellOfDrafts(cloud));
            }
            return await(cloud);
        }
    }

    private Cloud start(CloudSettings settings, ProgressLine progress) throws LaunchException, InterruptedException {
        return waitForDrafts
                ? context.clouds().start(settings, progress)
                : context.clouds().serve(settings, progress);
    }

    private void tellOfDrafts(Cloud cloud) {
        Style style = context.console().outStyle();
        context.console().print("");
        context.console().print("The drafts take part now.");
        cloud.addresses().stream()
                .filter(address -> address.contains("draft: "))
                .forEach(address -> context.console().print(style.dim("  " + address)));
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

    private void showHowToJoin(String base) {
        Console console = context.console();
        console.print("A worker joins with:");
        console.print("  (umask 077; ./wanspec worker token create --name this-machine --site " + CloudSettings.SITE
                + " > token)");
        console.print("  ./wanspec worker --join " + base + " --token-file token");
        console.print("");
    }

    private void show(Cloud cloud, CloudSettings settings, String authorization, boolean whole) {
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
        if (settings.onSite()) {
            showHowToJoin(base);
        }
        cloud.addresses().forEach(address -> console.print(style.dim("  " + address)));
        console.print(style.dim("  cores: " + cloud.cores()));
        console.print(style.dim("  pace: " + settings.pace().words()));
        console.print(style.dim("  logs: " + context.home().logs()));
        if (!whole) {
            console.print(
                    style.dim(
                            "  drafts: busy-draft and remote-draft are starting; until they take part the target answers alone, with the same texts"));
        }
        console.print("");
        console.print("Ctrl-C stops it.");
    }
}
