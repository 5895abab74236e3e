package io.wanspec.cli;

import io.wanspec.contracts.request.TimelineWish;
import io.wanspec.evaluation.demo.ChatClient;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.demo.Demo;
import io.wanspec.evaluation.demo.DemoComparison;
import io.wanspec.evaluation.demo.DemoJson;
import io.wanspec.evaluation.demo.DemoSettings;
import io.wanspec.evaluation.timeline.TimelinePage;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.LaunchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanspec demo}. */
@Command(
        name = "demo",
        defaultValueProvider = DemoDefaults.class,
        description = {
            "Answers PROMPT with WANSpec across an emulated wide-area network, then with co-located speculative"
                    + " decoding (B1) and with the target alone (B0), and compares texts and costs.",
            "Unless --pace is none, passes take as long as those of a large pair: a small model's are shorter than any"
                    + " wide-area round trip.",
            "The first run fetches the target model (93 MB). Models are warmed up before anything is timed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The three texts are identical, token for token.",
            "1:Something could not be started, or a request failed.",
            "2:The command line is wrong.",
            "3:The texts differ.",
            "4:A model could not be fetched or found."
        })
final class DemoCommand implements Callable<Integer> {
    /** Two thousand tokens at the slowest that anybody would wait for. */
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(15);

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "What to ask; several words are joined (default: the prompt of --prompt-kind).")
    private List<String> words = List.of();

    private @Nullable PromptKind kind;

    @Mixin
    private RequestOptions requestOptions = new RequestOptions();

    @Mixin
    private CloudOptions cloudOptions = new CloudOptions();

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of text; progress goes to standard error"
                    + " (default: text).")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Also write a page with the timelines of the three runs, side by side; it needs nothing else to be"
                            + " looked at.")
    private @Nullable Path report;

    private int port;
    private double slowness = 1;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the gateway on 127.0.0.1, 0 for any free one (default: ${DEFAULT-VALUE}).")
    void setPort(String value) {
        port = (int) Bounds.of(spec).whole("--port", value, 0, 65_535, "", "--port 8080");
    }

    @Option(
            names = "--slow",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With a pace: let all passes and round trips take N times as long, 1 to 10; for a machine whose own passes"
                            + " do not fit the pace (default: ${DEFAULT-VALUE}).")
    void setSlow(String value) {
        slowness = Slowness.read(Bounds.of(spec), value);
    }

    @Option(
            names = "--prompt-kind",
            paramLabel = "KIND",
            description =
                    "A ready prompt of one kind of work, instead of PROMPT: chat (\"Explain why the sky is blue\"),"
                            + " summary, code (an edit), or extraction; they differ in how much of the answer can be"
                            + " foreseen (default: chat).")
    void setKind(String value) {
        kind = Bounds.of(spec).oneOf("--prompt-kind", value, PromptKind.values(), PromptKind::word);
    }

    @Override
    public Integer call() throws LaunchException, ChatFailure, InterruptedException {
        CloudSettings settings = cloudOptions.settings(port);
        Slowness.require(Bounds.of(spec), slowness, settings.pace());
        ChatRequest asked = requestOptions.request(settings.targetName(), prompt());
        boolean live = !json && context.console().outIsTerminal();
        ChatRequest request =
                asked.telling(report != null ? TimelineWish.TEXT : live ? TimelineWish.EVENTS : TimelineWish.NONE);
        try (ProgressLine progress = new ProgressLine(context.console());
                Cloud cloud = context.clouds().start(settings.slowedDown(slowness), progress)) {
            progress.done();
            DemoSettings shown = new DemoSettings(
                    settings.rttMs(),
                    settings.jitterMs(),
                    requestOptions.speculation(),
                    settings.pace(),
                    settings.draftName(),
                    cloud.cores(),
                    slowness);
            DemoComparison comparison = run(cloud, request, shown, progress);
            writeReport(comparison, request);
            return comparison.identical() ? ExitCodes.OK : ExitCodes.NOT_IDENTICAL;
        }
    }

    private DemoComparison run(Cloud cloud, ChatRequest request, DemoSettings settings, ProgressLine progress)
            throws ChatFailure, InterruptedException {
        boolean live = !json && context.console().outIsTerminal();
        DemoPasses passes = new DemoPasses(cloud, settings.pace());
        try (DemoView view = new DemoView(
                        context.console(), progress, json, live ? LiveScreen.open() : Optional.empty(), passes::begin);
                ChatClient client = new ChatClient(cloud.gateway(), REQUEST_LIMIT)) {
            view.begin(request, settings, words.isEmpty());
            DemoComparison comparison = new Demo(client, view).run(request);
            OptionalDouble late = passes.late();
            view.end(comparison, late);
            if (json) {
                context.console().print(DemoJson.of(comparison, request, settings, late));
            }
            return comparison;
        }
    }

    private void writeReport(DemoComparison comparison, ChatRequest request) throws LaunchException {
        Path file = report;
        if (file == null) {
            return;
        }
        List<TimelinePage.Shown> runs = comparison.runs().stream()
                .map(run -> new TimelinePage.Shown(run.mode().title(), run.timeline()))
                .toList();
        PageFile.write(file, TimelinePage.of("WANSpec demo", "Asked for: " + request.prompt(), runs));
        context.console().err().println("The timelines are in " + file + ".");
    }

    private String prompt() {
        if (words.isEmpty()) {
            return (kind == null ? PromptKind.CHAT : kind).prompt();
        }
        String prompt = String.join(" ", words);
        if (kind != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "picocli injects it").commandLine(),
                    "--prompt-kind and PROMPT do not go together: leave one of them out.");
        }
        if (prompt.isBlank()) {
            throw Bounds.of(spec)
                    .outside("PROMPT", prompt, "at least one word", "\"" + PromptKind.CHAT.prompt() + "\"");
        }
        return prompt;
    }
}
