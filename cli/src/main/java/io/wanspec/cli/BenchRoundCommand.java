package io.wanspec.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.roundbench.RoundBench;
import io.wanspec.evaluation.roundbench.RoundRow;
import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec bench round}. */
@Command(
        name = "round",
        description = {
            "Measures what function, links and servers add to a round beside its passes, in the local cloud with one client: for a"
                    + " plain token (target-only), and for a round with one draft token (colocated), which goes through the"
                    + " function twice.",
            "Other work on the machine disturbs it much. The exit code says nothing about goals."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Measured, whatever the figures.",
            "1:Something could not be started, or a request failed.",
            "2:The command line is wrong.",
            "4:A model could not be fetched or found."
        })
final class BenchRoundCommand implements Callable<Integer> {
    private static final int ANSWERS_MAX = 1_000;
    private static final int PROMPTS = 5;

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--json",
            description = "Write one JSON object to standard output instead of a table (default: table).")
    private boolean json;

    private int answers = 30;

    BenchRoundCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--answers",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many answers of each mode are measured, in turn, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    void setAnswers(String value) {
        answers = (int) Bounds.of(spec).whole("--answers", value, 1, ANSWERS_MAX, "", "--answers 30");
    }

    @Override
    public Integer call() throws LaunchException, ChatFailure, IOException, InterruptedException {
        var settings = new RoundBench.Settings(answers, HeldOut.questions(PROMPTS), models.target(), models.draft());
        try (ProgressLine progress = new ProgressLine(context.console())) {
            List<RoundRow> rows = new RoundBench(settings, context.clouds(), progress).run();
            progress.done();
            show(rows);
        }
        return ExitCodes.OK;
    }

    private void show(List<RoundRow> rows) {
        Console console = context.console();
        if (json) {
            console.print(json(rows));
            return;
        }
        for (RoundRow row : rows) {
            console.print(String.format(
                    Locale.ROOT,
                    "%-12s a round: %.2f ms of passes, %.2f ms beside them; first token after %.1f ms",
                    row.mode(),
                    row.passMs(),
                    row.besideMs(),
                    row.firstMs()));
        }
        boolean met = rows.stream().allMatch(RoundRow::isMet);
        console.print("  goal: at most " + RoundRow.BESIDE_MS_MAX + " ms beside passes, by the median: "
                + (met ? "met" : "not met"));
    }

    private String json(List<RoundRow> rows) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("command", TypedCommand.of(spec));
        root.put("target", models.target());
        root.put("draft", models.draft());
        root.put("besideMsMax", RoundRow.BESIDE_MS_MAX);
        var listed = root.putArray("rows");
        for (RoundRow row : rows) {
            listed.addObject()
                    .put("mode", row.mode())
                    .put("answers", row.answers())
                    .put("firstMs", row.firstMs())
                    .put("passMs", row.passMs())
                    .put("besideMs", row.besideMs())
                    .put("met", row.isMet());
        }
        return root.toString();
    }
}
