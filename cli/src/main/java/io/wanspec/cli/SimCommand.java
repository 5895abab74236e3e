package io.wanspec.cli;

import io.wanspec.evaluation.report.Listing;
import io.wanspec.evaluation.report.Report;
import io.wanspec.simulator.fault.FaultRun;
import io.wanspec.simulator.run.Crew;
import io.wanspec.simulator.study.BadOption;
import io.wanspec.simulator.study.Findings;
import io.wanspec.simulator.study.Replay;
import io.wanspec.simulator.study.Study;
import io.wanspec.simulator.study.StudyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code wanspec sim}. */
@Command(
        name = "sim",
        description = {
            "Runs the real controller and the real draft workers in virtual time, many requests a point, and compares policies"
                    + " with co-located speculation (B1) on the same texts.",
            "The same options give the same figures, whatever the machine and the threads.",
            "With --trace on what real models did; with --faults it looks for bugs instead."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:The study failed, its report could not be written, or a schedule of faults broke an invariant.",
            "2:The command line is wrong."
        })
final class SimCommand implements Callable<Integer> {
    private static final int FAULTS_MAX = 100_000_000;

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "reference",
            description = "Pass times, acceptance and jitter; a wrong name lists them (default: ${DEFAULT-VALUE}).")
    private String scenario = "reference";

    @Option(
            names = "--rtt",
            paramLabel = "LIST",
            defaultValue = StudyOptions.RTT_DEFAULT,
            description = "Round trips in milliseconds, or pairs of regions such as us-east-1/us-west-2, with commas"
                    + " (default: ${DEFAULT-VALUE}).")
    private String rtt = StudyOptions.RTT_DEFAULT;

    @Option(
            names = "--policy",
            paramLabel = "LIST",
            defaultValue = "policies",
            description = "Names with commas; 'policies' for the compared ones, 'all' for ablations and prices as well"
                    + " (default: ${DEFAULT-VALUE}).")
    private String policy = "policies";

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "" + StudyOptions.REQUESTS_DEFAULT,
            description = "Requests of each point (default: ${DEFAULT-VALUE}).")
    private String requests = "" + StudyOptions.REQUESTS_DEFAULT;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first request's text (default: ${DEFAULT-VALUE}).")
    private String seed = "1";

    @Option(names = "--threads", paramLabel = "N", description = "Points at a time (default: one a processor).")
    private String threads =
            "" + Math.min(Crew.THREADS_MAX, Runtime.getRuntime().availableProcessors());

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--faults",
            paramLabel = "N",
            description = "Instead of a study: N random requests with lost, late and wrong frames, crashes and hostile"
                    + " workers, from --seed on, and every invariant after every event.")
    private @Nullable String faults;

    @Option(names = "--capacity", description = "Also find how many users one target serves at 50 ms (default: no).")
    private boolean capacity;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Also run ablations, other scenarios, regions and capacity, and write index.html and rows.json there.")
    private @Nullable Path report;

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of tables (default: tables).")
    private boolean json;

    SimCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        String cases = faults;
        if (cases != null) {
            requireAlone("--faults", "--seed");
            runFaults(cases);
            return ExitCodes.OK;
        }
        StudyOptions options = options();
        makeFolder();
        Findings findings = findings(options);
        Console console = context.console();
        if (json) {
            console.print(findings.json());
        } else {
            Listing.lines(findings).forEach(console::print);
            console.print("");
            Listing.legend().forEach(console::print);
        }
        Path folder = report;
        if (folder != null) {
            Path page = Report.write(findings, folder);
            if (!json) {
                console.print("Report: " + page);
            }
        }
        return ExitCodes.OK;
    }

    private Findings findings(StudyOptions options) throws InterruptedException {
        try (Progress progress = new Progress(context.console())) {
            Study study = new Study(options, new StudyProgress(progress));
            Findings findings = report == null ? study.run(command(), capacity) : study.runAll(command());
            progress.done();
            return findings;
        }
    }

    /** A broken invariant is a bug, and reported like any other. */
    private void runFaults(String cases) {
        Bounds bounds = Bounds.of(spec);
        int many = (int) bounds.whole("--faults", cases, 1, FAULTS_MAX, "", "--faults 20000");
        long first = bounds.whole("--seed", seed, 0, Long.MAX_VALUE / 2, "", "--seed 1");
        try (Progress progress = new Progress(context.console())) {
            progress.step("running " + many + " requests with faults, seeds from " + first);
            String seen = FaultRun.run(first, many, progress::count);
            progress.done();
            context.console().print("Every invariant held. What was seen:");
            seen.lines().forEach(context.console()::print);
        }
    }

    private StudyOptions options() {
        StudyOptions.Typed typed = new StudyOptions.Typed(scenario, rtt, policy, requests, seed, threads);
        Optional<Replay.Typed> trace = replay.typed();
        if (trace.isPresent()) {
            refuseWith("--trace", "--scenario", "--report");
        }
        try {
            return trace.isPresent() ? StudyOptions.of(typed, trace.get()) : StudyOptions.of(typed);
        } catch (BadOption e) {
            throw new ParameterException(described().commandLine(), Objects.toString(e.getMessage()), e);
        }
    }

    private void requireAlone(String option, String companion) {
        refuseWith(
                option,
                described().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(name -> !name.equals(option) && !name.equals(companion))
                        .toArray(String[]::new));
    }

    private void refuseWith(String option, String... others) {
        ParseResult parsed = described().commandLine().getParseResult();
        for (String other : others) {
            if (parsed.hasMatchedOption(other)) {
                throw new ParameterException(
                        described().commandLine(), option + " and " + other + " do not go together; leave one out.");
            }
        }
    }

    /** Before anything that takes time. */
    private void makeFolder() {
        Path folder = report;
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Bounds.of(spec)
                    .outside("--report", folder.toString(), "a folder that can be made", "--report sim-report");
        }
        if (!Files.isWritable(folder)) {
            throw Bounds.of(spec)
                    .outside("--report", folder.toString(), "a folder that can be written to", "--report sim-report");
        }
    }

    /** What finds the same again, on any machine. */
    private String command() {
        List<String> words = described().commandLine().getParseResult().originalArgs();
        return "./wanspec " + String.join(" ", words);
    }

    private CommandSpec described() {
        return Objects.requireNonNull(spec, "picocli injects the command's description first");
    }

    /** Shows parts as steps, and in each how many points are done. */
    private record StudyProgress(Progress progress) implements Study.Listener {
        @Override
        public void part(String what) {
            progress.step("simulating " + what);
        }

        @Override
        public void at(int done, int of) {
            progress.count(done, of);
        }
    }
}
