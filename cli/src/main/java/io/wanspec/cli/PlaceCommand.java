package io.wanspec.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.evaluation.report.AdviceListing;
import io.wanspec.simulator.advice.Advice;
import io.wanspec.simulator.advice.Advisor;
import io.wanspec.simulator.advice.Demand;
import io.wanspec.simulator.advice.DraftSupply;
import io.wanspec.simulator.advice.PlaceQuestion;
import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec place}. */
@Command(
        name = "place",
        description = {
            "Ranks draft regions for a target's: what each would save of the busy region's draft passes, what a token would take and"
                    + " cost beside co-located speculation (B1), and why.",
            "From the simulator's outcomes and public figures that lie in the repository; asks nobody, and the same figures give the"
                    + " same ranks."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Ranked, whatever is recommended.", "2:The command line is wrong."})
final class PlaceCommand implements Callable<Integer> {
    private static final int TRAFFIC_MAX = 100_000_000;
    private static final int TOKENS_MAX = 131_072;
    private static final int TOP_MAX = 100;
    private static final int EXPLAINED = 3;

    private final CliContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--target", required = true, paramLabel = "REGION", description = "The target's region.")
    private String target = "";

    @Option(
            names = "--draft-regions",
            paramLabel = "LIST",
            description = "Regions that may draft, with commas (default: every one that is known).")
    private @Nullable String draftRegions;

    @Option(
            names = "--traffic",
            paramLabel = "N",
            description = "Requests a day (default: a target with 32 sessions at once in its busiest hour).")
    private @Nullable String traffic;

    @Option(
            names = "--answer-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Tokens of an answer, with --traffic (default: ${DEFAULT-VALUE}).")
    private String answerTokens = "256";

    @Option(
            names = "--drafts",
            paramLabel = "KIND",
            defaultValue = "own",
            description =
                    "own: on an endpoint of one's own; idle: on what is left of accelerators that have other work, most of it by day"
                            + " (default: ${DEFAULT-VALUE}).")
    private String drafts = "own";

    @Option(
            names = "--draft-instance",
            paramLabel = "TYPE",
            defaultValue = PlaceQuestion.DRAFT_INSTANCE,
            description = "SageMaker's type that drafts run on (default: ${DEFAULT-VALUE}).")
    private String draftInstance = PlaceQuestion.DRAFT_INSTANCE;

    @Option(
            names = "--target-instance",
            paramLabel = "TYPE",
            defaultValue = PlaceQuestion.TARGET_INSTANCE,
            description = "SageMaker's type that the target runs on (default: ${DEFAULT-VALUE}).")
    private String targetInstance = PlaceQuestion.TARGET_INSTANCE;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many regions to show, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private String top = "10";

    @Option(
            names = "--json",
            description =
                    "Write one JSON array to standard output instead of a table, hours included (default: table).")
    private boolean json;

    PlaceCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        int shown = (int) bounds().whole("--top", top, 1, TOP_MAX, "", "--top 10");
        PlaceQuestion question = question();
        List<Advice> ranked = ranked(question).stream().limit(shown).toList();
        Console console = context.console();
        if (json) {
            console.print(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(ranked));
            return ExitCodes.OK;
        }
        console.print(console.outStyle()
                .bold("Draft regions for a target in " + question.target().code() + " ("
                        + question.target().place() + "), the best first"));
        AdviceListing.lines(ranked, EXPLAINED).forEach(console::print);
        console.print("");
        AdviceListing.legend().forEach(console::print);
        return ExitCodes.OK;
    }

    private List<Advice> ranked(PlaceQuestion question) {
        try {
            return Advisor.ofRepository().rank(question);
        } catch (IllegalArgumentException unknownPrice) {
            throw bounds().outside(
                            "--draft-instance and --target-instance",
                            draftInstance + ", " + targetInstance,
                            "types with a price in prices.csv",
                            "--draft-instance " + PlaceQuestion.DRAFT_INSTANCE);
        }
    }

    private PlaceQuestion question() {
        AwsRegion region = region("--target", target);
        List<AwsRegion> candidates = candidates();
        PlaceQuestion question =
                new PlaceQuestion(region, candidates, supply(), demand(), targetInstance, draftInstance);
        if (question.candidates().isEmpty()) {
            throw bounds().outside(
                            "--draft-regions",
                            String.valueOf(draftRegions),
                            "another region than the target's, one at least",
                            "--draft-regions us-east-2,ca-central-1");
        }
        return question;
    }

    private List<AwsRegion> candidates() {
        String typed = draftRegions;
        if (typed == null) {
            return AwsRegions.all();
        }
        List<AwsRegion> regions = new ArrayList<>();
        for (String each : typed.split(",", -1)) {
            regions.add(region("--draft-regions", each.strip()));
        }
        return regions;
    }

    private AwsRegion region(String option, String code) {
        return AwsRegions.find(code)
                .orElseThrow(() -> bounds().outside(
                                option,
                                code,
                                "a region that is known here (" + String.join(", ", AwsRegions.codes()) + ")",
                                option + " us-east-1"));
    }

    private DraftSupply supply() {
        return DraftSupply.find(drafts)
                .orElseThrow(() -> bounds().outside(
                                "--drafts",
                                drafts,
                                "one of " + String.join(", ", DraftSupply.words()),
                                "--drafts own"));
    }

    private Demand demand() {
        int tokens = (int) bounds().whole("--answer-tokens", answerTokens, 1, TOKENS_MAX, "", "--answer-tokens 256");
        String typed = traffic;
        return typed == null
                ? Demand.BUSY
                : Demand.of(
                        (int) bounds().whole("--traffic", typed, 1, TRAFFIC_MAX, " requests a day", "--traffic 20000"),
                        tokens);
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
