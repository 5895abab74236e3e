package io.wanspec.cli;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the demonstration asks for. */
final class RequestOptions {
    private static final int TOKENS_MAX = 2_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int maxTokens = 128;
    private double temperature;
    private double topP = 1;
    private OptionalLong seed = OptionalLong.empty();
    private Goal goal = Goal.ECONOMY;
    private Optional<RedundancyKind> redundancy = Optional.empty();
    private OptionalDouble price = OptionalDouble.empty();
    private DraftKind draft = DraftKind.TREE;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "Longest answer, in tokens, 1 to 2000 (default: ${DEFAULT-VALUE}).")
    void setMaxTokens(String value) {
        maxTokens = (int) bounds().whole("--max-tokens", value, 1, TOKENS_MAX, "", "--max-tokens 128");
    }

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Sampling temperature, 0 to 2; 0 always takes the likeliest token (default: ${DEFAULT-VALUE}).")
    void setTemperature(String value) {
        temperature = bounds().number("--temperature", value, 0, 2, "", "--temperature 0.8");
    }

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "Sample from the likeliest tokens that together have this probability, above 0 to 1"
                    + " (default: ${DEFAULT-VALUE}).")
    void setTopP(String value) {
        topP = bounds().share("--top-p", value, "--top-p 0.9");
    }

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the sampling, 0 to 2^53; the same seed gives the same text (default: drawn, and shown).")
    void setSeed(String value) {
        seed = OptionalLong.of(bounds().whole("--seed", value, 0, 1L << 53, "", "--seed 42"));
    }

    @Option(
            names = "--goal",
            paramLabel = "GOAL",
            defaultValue = "economy",
            description =
                    "What WANSpec is after: economy (as few draft passes in the busy region as keep B1's pace), fast, or"
                            + " eager (little waiting, and such passes only where it is slower than B1 without)"
                            + " (default: ${DEFAULT-VALUE}).")
    void setGoal(String value) {
        goal = bounds().oneOf("--goal", value, Goal.values(), Goal::word);
    }

    @Option(
            names = "--redundancy",
            paramLabel = "WHEN",
            description =
                    "When the busy region drafts too what the remote draft does: never, always, entropy (as long as the"
                            + " drafts are sure), or value (where it is expected to save more than its price) (default:"
                            + " the goal's).")
    void setRedundancy(String value) {
        redundancy = Optional.of(bounds().oneOf("--redundancy", value, RedundancyKind.values(), RedundancyKind::word));
    }

    @Option(
            names = "--price",
            paramLabel = "TOKENS",
            description =
                    "With redundancy by value: what a draft pass in the busy region must be expected to save, in times"
                            + " of a token with co-located speculation, 0 to 100 (default: the goal's).")
    void setPrice(String value) {
        price = OptionalDouble.of(bounds().number("--price", value, 0, Limits.PRICE_MAX, "", "--price 0.7"));
    }

    @Option(
            names = "--drafts",
            paramLabel = "SHAPE",
            defaultValue = "tree",
            description =
                    "What remote drafts look like: chain, or tree: with alternatives (default: ${DEFAULT-VALUE}).")
    void setDraft(String value) {
        draft = bounds().oneOf("--drafts", value, DraftKind.values(), DraftKind::word);
    }

    Speculation speculation() {
        return new Speculation(Mode.WANSPEC, goal, redundancy, OptionalDouble.empty(), price, DraftOptions.of(draft));
    }

    /** The request in mode {@link Mode#WANSPEC}, with a seed. */
    ChatRequest request(String model, String prompt) {
        long known = seed.orElseGet(() -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        return new ChatRequest(model, prompt, maxTokens, temperature, topP, OptionalLong.of(known), speculation());
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
