package io.wanspec.cli;

import io.wanspec.emulator.process.Children;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.SiteDraft;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.worker.SiteWorker;
import io.wanspec.local.worker.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanspec worker}. */
@Command(
        name = "worker",
        description = {
            "Drafts on this machine for a WANSpec API elsewhere (see docs/on-site-workers.md). It dials out only, and comes back"
                    + " by itself after a lost line.",
            "Ctrl-C lets the sessions that it has end, for up to 30 s."
        },
        synopsisSubcommandLabel = "[token]",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was told to end, and has.",
            "1:Something could not be started or kept running, or the API refuses the token.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found."
        })
final class WorkerCommand implements Callable<Integer> {
    private static final int SLOTS_MAX = 64;

    private final CliContext context;
    private final CountDownLatch until;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--join",
            paramLabel = "URL",
            description = "The API, with /v1, such as https://api.example.org/v1; http only on this machine.")
    private @Nullable URI join;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file with the token, and nothing else.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--draft",
            paramLabel = "MODEL",
            defaultValue = ModelCatalog.DEFAULT_DRAFT,
            description = "Draft model: a name of 'wanspec model list', or a path (default: ${DEFAULT-VALUE}).")
    private String draft = ModelCatalog.DEFAULT_DRAFT;

    @Option(
            names = "--target",
            paramLabel = "MODEL",
            defaultValue = ModelCatalog.DEFAULT_TARGET,
            description = "A model with the target's vocabulary, for a draft that comes without one (default:"
                    + " ${DEFAULT-VALUE}).")
    private String target = ModelCatalog.DEFAULT_TARGET;

    @Option(
            names = "--draft-server",
            paramLabel = "URL",
            description = "A draft model server that runs already on this machine, in place of --draft.")
    private @Nullable URI draftServer;

    private int slots = 2;

    /** @param until opened when the command shall end; outside of tests the process's end is the end */
    WorkerCommand(CliContext context, CountDownLatch until) {
        this.context = context;
        this.until = until;
    }

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Sessions that it drafts for at once, 1 to 64 (default: 2).")
    void setSlots(String value) {
        slots = (int) Bounds.of(spec).whole("--slots", value, 1, SLOTS_MAX, "", "--slots 2");
    }

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        URI api = required("--join", join);
        String token = token(required("--token-file", tokenFile));
        if (draftServer != null) {
            return run(settings(api, token, draftServer), new CompletableFuture<>());
        }
        // What can be wrong with the command line is said before anything is fetched.
        settings(api, token, URI.create("http://127.0.0.1:1"));
        try (ProgressLine progress = new ProgressLine(context.console());
                SiteDraft server =
                        SiteDraft.start(context.home(), context.models(), draft, target, System.getenv(), progress)) {
            progress.done();
            return run(settings(api, token, server.uri()), server.failure());
        }
    }

    private WorkerSettings settings(URI api, String token, URI server) {
        try {
            return new WorkerSettings(api, token, server, slots, WorkerSettings.DRAIN_DEFAULT);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage() + ".");
        }
    }

    /** @param lost completes, with what to tell the user, if its own model server is given up */
    private Integer run(WorkerSettings settings, CompletableFuture<String> lost) throws InterruptedException {
        try (SiteWorker worker = SiteWorker.start(settings);
                WorkerView view = new WorkerView(context.console(), worker)) {
            Runnable forget = Children.beforeStopping(() -> drain(worker));
            view.await(until, lost);
            worker.drain();
            worker.await();
            forget.run();
            Optional<String> trouble =
                    worker.fatal().or(() -> lost.isDone() ? Optional.of(lost.join()) : Optional.empty());
            trouble.ifPresent(context.console()::error);
            return trouble.isPresent() ? ExitCodes.FAILED : ExitCodes.OK;
        }
    }

    /** In the process's last moments. */
    private static void drain(SiteWorker worker) {
        worker.drain();
        try {
            worker.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String token(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (KeySecret.parse(text).isEmpty()) {
                throw refused("--token-file: " + file
                        + " holds no whole token; it begins with 'wsk_' and has 66 characters. Copy it again.");
            }
            return text;
        } catch (IOException e) {
            throw refused("--token-file: " + file + " cannot be read.");
        }
    }

    private <T> T required(String option, @Nullable T value) {
        if (value == null) {
            throw refused("a worker needs " + option + "; use for instance './wanspec worker --join"
                    + " https://api.example.org/v1 --token-file token'.");
        }
        return value;
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(Bounds.of(spec).spec().commandLine(), sentence);
    }
}
