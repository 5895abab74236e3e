package io.wanspec.cli;

import io.wanspec.evaluation.eval.EvalRun;
import io.wanspec.evaluation.eval.TraceRecorder;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanspec record}. */
@Command(
        name = "record",
        description = {
            "Records a trace for the simulator: the target answers prompts for real, token by token, and the draft runs along"
                    + " the answers; a line for each request says what it expected, the header what passes take here.",
            "The same bits as with a draft worker across the network, since the text does not depend on the drafts."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Recorded.",
            "1:It could not be recorded.",
            "2:The command line or the file of prompts is wrong.",
            "4:A model could not be fetched or found."
        })
final class RecordCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private EvalOptions options = new EvalOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "trace.jsonl",
            description = "The trace; it appears when all is recorded, and replaces FILE (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("");

    RecordCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws LaunchException, IOException, InterruptedException {
        EvalRun.Settings settings = options.settings();
        EvalRun run = EvalRun.of(context.home(), context.models());
        try (TraceWriter writer = options.openTrace("--out", out);
                ProgressLine progress = new ProgressLine(context.console())) {
            TraceRecorder recorder = new TraceRecorder(writer, settings);
            run.run(settings, recorder, progress);
            writer.finish();
            progress.done();
            context.console()
                    .print(recorder.requests() + " requests, " + recorder.tokens() + " tokens: "
                            + out.toAbsolutePath());
        }
        return ExitCodes.OK;
    }
}
