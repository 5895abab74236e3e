package io.wanspec.cli;

import io.wanspec.evaluation.report.Listing;
import io.wanspec.evaluation.report.LoadListing;
import io.wanspec.evaluation.report.PlacementListing;
import io.wanspec.evaluation.report.Report;
import io.wanspec.simulator.fault.FaultRun;
import io.wanspec.simulator.load.LoadFindings;
import io.wanspec.simulator.load.LoadQuestion;
import io.wanspec.simulator.load.LoadStudy;
import io.wanspec.simulator.load.LoadStudyRow;
import io.wanspec.simulator.load.Serving;
import io.wanspec.simulator.placement.PlacementFindings;
import io.wanspec.simulator.placement.PlacementResults;
import io.wanspec.simulator.placement.PlacementStudy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.WanRoute;
import io.wanspec.simulator.study.Findings;
import io.wanspec.simulator.study.Study;
import io.wanspec.simulator.study.StudyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin
    private SimOptions options = new SimOptions();

    @Option(
            names = "--faults",
            paramLabel = "N",
            description = "Instead of a study: N random requests with lost, late and wrong frames, crashes and hostile"
                    + " workers, from --seed on, and every invariant after every event.")
    private @Nullable String faults;

    @Option(
            names = "--load",
            paramLabel = "LIST",
            description =
                    "Instead of a study of single requests: one target that many sessions share in batched passes. Numbers"
                            + " of clients; 'half' for sessions that come at random and want half of what the target can give with"
                            + " B1; 'p95:N' for how many clients are served as well as N with B1.")
    private @Nullable String load;

    @Option(
            names = "--placement",
            description =
                    "Instead of a study of single requests: --requests of them over a day at five draft regions and ten on-site"
                            + " workers, placed by what is measured, beside an oracle and each place alone (default: no).")
    private boolean placement;

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
            options.requireAlone("--faults", "--seed");
            runFaults(cases);
            return ExitCodes.OK;
        }
        String loads = load;
        if (loads != null) {
            options.refuseWith("--load", "--capacity", "--report", "--threads");
            runLoads(loads);
            return ExitCodes.OK;
        }
        if (placement) {
            options.refuseWith(
                    "--placement", "--capacity", "--report", "--threads", "--rtt", "--policy", "--scenario", "--trace");
            runPlacement();
            return ExitCodes.OK;
        }
        StudyOptions study = options.study();
        makeFolder();
        Findings findings = findings(study);
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

    private Findings findings(StudyOptions settings) throws InterruptedException {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            Study study = new Study(settings, new StudyProgress(progress));
            Findings findings = report == null ? study.run(command(), capacity) : study.runAll(command());
            progress.done();
            return findings;
        }
    }

    private void runLoads(String list) {
        List<LoadQuestion> questions;
        try {
            questions = LoadQuestion.list(list);
        } catch (IllegalArgumentException e) {
            throw Bounds.of(spec).outside("--load", list, LoadQuestion.WORDS, "--load 1,16,half");
        }
        StudyOptions study = options.study();
        List<LoadStudyRow> rows = new ArrayList<>();
        try (ProgressLine progress = new ProgressLine(context.console())) {
            progress.step("simulating loads");
            int done = 0;
            for (WanRoute route : study.routes()) {
                LoadStudy loads = new LoadStudy(route.place(study.scenario()), Serving.REFERENCE, study.policies());
                for (LoadQuestion question : questions) {
                    rows.addAll(question.ask(loads));
                    progress.count(++done, study.routes().size() * questions.size());
                }
            }
            progress.done();
        }
        print(new LoadFindings(command(), rows));
    }

    private void runPlacement() {
        Scenario scenario = options.study().scenario();
        PlacementResults day;
        try (ProgressLine progress = new ProgressLine(context.console())) {
            progress.step("simulating a day of draft places");
            day = new PlacementStudy(scenario).run(done -> progress.count(done, scenario.requests()));
            progress.done();
        }
        Console console = context.console();
        if (json) {
            console.print(new PlacementFindings(command(), day).json());
            return;
        }
        PlacementListing.lines(day).forEach(console::print);
        console.print("");
        PlacementListing.legend(day).forEach(console::print);
    }

    private void print(LoadFindings findings) {
        Console console = context.console();
        if (json) {
            console.print(findings.json());
            return;
        }
        LoadListing.lines(findings.rows()).forEach(console::print);
        console.print("");
        LoadListing.legend().forEach(console::print);
    }

    /** A broken invariant is a bug, and reported like any other. */
    private void runFaults(String cases) {
        int many = (int) Bounds.of(spec).whole("--faults", cases, 1, FAULTS_MAX, "", "--faults 20000");
        long first = options.firstSeed();
        try (ProgressLine progress = new ProgressLine(context.console())) {
            progress.step("running " + many + " requests with faults, seeds from " + first);
            String seen = FaultRun.run(first, many, progress::count);
            progress.done();
            context.console().print("Every invariant held. What was seen:");
            seen.lines().forEach(context.console()::print);
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
        return TypedCommand.of(spec);
    }

    /** Shows parts as steps, and in each how many points are done. */
    private record StudyProgress(ProgressLine progress) implements Study.Listener {
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
