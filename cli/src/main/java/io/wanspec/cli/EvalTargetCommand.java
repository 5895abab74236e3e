package io.wanspec.cli;

import io.wanspec.endpoints.eval.EvalText;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.evaluation.eval.TargetFigures;
import io.wanspec.evaluation.eval.TargetRun;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.models.ModelCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanspec eval-target}. */
@Command(
        name = "eval-target",
        description = {
            "Tells how much of its checkpoint a target keeps: as it is served, and in single precision, it reads a text in windows of"
                    + " 512 tokens; the second half of each window is judged.",
            "The figures are the same on every machine of one kind of processor."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Evaluated, whatever the figures.",
            "1:The evaluation could not be run.",
            "2:The command line or the text is wrong.",
            "4:The model could not be fetched or found."
        })
final class EvalTargetCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    private Path text = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "MODEL",
            defaultValue = ModelCatalog.DEFAULT_TARGET,
            description = "Target model: a name of 'wanspec model list', or a path (default: ${DEFAULT-VALUE}).")
    private String target = ModelCatalog.DEFAULT_TARGET;

    private Precision precision = EngineSettings.cpuTarget().precision();

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    EvalTargetCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = EngineSettings.TARGET_PRECISION,
            completionCandidates = EngineSettings.PrecisionWords.class,
            description =
                    "Of the target's arithmetic: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, as it is served here).")
    void setPrecision(String value) {
        precision = Bounds.of(spec).oneOf("--precision", value, Precision.values(), Precision::word);
    }

    @Option(
            names = "--text",
            paramLabel = "FILE",
            required = true,
            description = "Plain text, UTF-8, at most 1 MiB; some thousand words tell enough.")
    void setText(Path file) {
        try {
            EvalText.read(file);
        } catch (IOException e) {
            throw new ParameterException(Bounds.of(spec).spec().commandLine(), String.valueOf(e.getMessage()));
        }
        text = file.toAbsolutePath();
    }

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        TargetRun run = TargetRun.of(context.home(), context.models());
        TargetFigures figures = run(run);
        String core = run.core().map(String::valueOf).orElse("not pinned");
        Console console = context.console();
        if (json) {
            console.print(figures.json(target, precision.word(), core));
        } else {
            console.print(console.outStyle().bold(target) + ", " + precision.word()
                    + ", beside its single precision, core: " + core);
            figures.table().forEach(console::print);
        }
        return ExitCodes.OK;
    }

    private TargetFigures run(TargetRun run) throws LaunchException, InterruptedException {
        try (ProgressLine progress = new ProgressLine(context.console())) {
            TargetFigures figures = run.run(target, precision.word(), text, progress);
            progress.done();
            return figures;
        }
    }
}
