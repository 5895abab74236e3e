package io.wanspec.local.cli;

import io.wanspec.local.demo.ChatRequest;
import io.wanspec.local.demo.Draft;
import io.wanspec.local.demo.Mode;
import io.wanspec.local.demo.Redundancy;
import io.wanspec.local.demo.Speculation;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the demonstration asks for. */
final class RequestOptions {
    private static final int TOKENS_MAX = 2_000;
    private static final double PRICE_MS_MAX = 10_000;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int maxTokens = 128;
    private double temperature;
    private double topP = 1;
    private OptionalLong seed = OptionalLong.empty();
    private Redundancy redundancy = Redundancy.VALUE;
    private OptionalDouble priceMs = OptionalDouble.empty();
    private Draft draft = Draft.TREE;

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
            names = "--redundancy",
            paramLabel = "WHEN",
            defaultValue = "value",
            description =
                    "When the busy region drafts too what the remote draft does: never, always, entropy (as long as the"
                            + " drafts are sure), or value (where it is expected to save more than its price) (default:"
                            + " ${DEFAULT-VALUE}).")
    void setRedundancy(String value) {
        redundancy = bounds().oneOf("--redundancy", value, Redundancy.values(), Redundancy::word);
    }

    @Option(
            names = "--price",
            paramLabel = "MS",
            description =
                    "With --redundancy value: milliseconds that a draft pass in the busy region must be expected to"
                            + " save, 0 to 10000 (default: the server's).")
    void setPrice(String value) {
        priceMs = OptionalDouble.of(bounds().number("--price", value, 0, PRICE_MS_MAX, " (milliseconds)", "--price 5"));
    }

    @Option(
            names = "--draft",
            paramLabel = "SHAPE",
            defaultValue = "tree",
            description =
                    "What remote drafts look like: chain, or tree: with alternatives (default: ${DEFAULT-VALUE}).")
    void setDraft(String value) {
        draft = bounds().oneOf("--draft", value, Draft.values(), Draft::word);
    }

    Speculation speculation() {
        return new Speculation(draft, redundancy, priceMs);
    }

    /** The request in mode {@link Mode#WANSPEC}, with a seed. */
    ChatRequest request(String model, String prompt) {
        long known = seed.orElseGet(() -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        return new ChatRequest(
                model,
                prompt,
                maxTokens,
                temperature,
                topP,
                OptionalLong.of(known),
                Mode.WANSPEC,
                Optional.of(speculation()),
                OptionalInt.empty());
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
