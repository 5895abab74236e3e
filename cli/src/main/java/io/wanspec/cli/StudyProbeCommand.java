package io.wanspec.cli;

import io.wanspec.evaluation.probe.Probe;
import io.wanspec.evaluation.probe.ProbeEndpoints;
import io.wanspec.evaluation.probe.ProbeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanspec study probe}. */
@Command(
        name = "probe",
        description = {
            "Asks endpoints that you name for small answers at a stated rate over hours, and logs connection, first token and speed.",
            "Run again with the same options it goes on where it was; what it missed meanwhile it does not make up for. Asking costs what"
                    + " the endpoints' owners charge: ask only those that you may."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Its last slot is over, whatever was answered.",
            "1:The endpoints, a key or the log could not be used; the message says which.",
            "2:The command line is wrong."
        })
final class StudyProbeCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--endpoints",
            required = true,
            paramLabel = "FILE",
            description =
                    "A line each: name,region,url,model,key; the key as env:NAME, file:PATH or nothing (docs/study.md).")
    private Path endpoints = Path.of("endpoints.csv");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "probe.jsonl",
            description = "The log, lines of JSON; gone on with if it is there (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("probe.jsonl");

    @Option(
            names = "--per-hour",
            paramLabel = "N",
            defaultValue = "12",
            description = "Requests an hour to each endpoint, 1 to 120 (default: ${DEFAULT-VALUE}).")
    private String perHour = "12";

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "24",
            description = "For how long, 0.01 to 336 (default: ${DEFAULT-VALUE}).")
    private String hours = "24";

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Tokens of an answer, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private String maxTokens = "16";

    StudyProbeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Probe.Rate rate = rate();
        try {
            ProbeEndpoints named = ProbeEndpoints.read(endpoints);
            requireFew(rate, named);
            Probe.Outcome outcome = run(rate, named);
            context.console()
                    .print(outcome.answers() + " of " + outcome.planned() + " planned requests asked, "
                            + outcome.failed() + " failed; see ./wanspec study report --from " + out);
            return ExitCodes.OK;
        } catch (ProbeException e) {
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCodes.FAILED;
        }
    }

    private Probe.Outcome run(Probe.Rate rate, ProbeEndpoints named)
            throws ProbeException, IOException, InterruptedException {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            progress.step("probing " + named.size() + (named.size() == 1 ? " endpoint" : " endpoints") + ", "
                    + rate.perHour() + " times an hour each, for " + hours + " h");
            Probe.Outcome outcome =
                    new Probe(named, System.getenv()).run(rate, out, (done, of, _) -> progress.count(done, of));
            progress.done();
            return outcome;
        }
    }

    private Probe.Rate rate() {
        return new Probe.Rate(
                (int) bounds().whole("--per-hour", perHour, 1, Probe.Rate.PER_HOUR_MAX, "", "--per-hour 12"),
                bounds().number("--hours", hours, 0.01, Probe.Rate.HOURS_MAX, "", "--hours 24"),
                (int) bounds().whole("--max-tokens", maxTokens, 1, Probe.Rate.TOKENS_MAX, "", "--max-tokens 16"));
    }

    private void requireFew(Probe.Rate rate, ProbeEndpoints named) {
        long requests = rate.requests(named.size());
        if (requests > Probe.Rate.REQUESTS_MAX) {
            throw new ParameterException(
                    Bounds.of(spec).spec().commandLine(),
                    "--per-hour, --hours and " + named.size() + " endpoints make " + requests
                            + " requests, and a probe asks " + Probe.Rate.REQUESTS_MAX
                            + " at most; lower --hours or --per-hour.");
        }
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
