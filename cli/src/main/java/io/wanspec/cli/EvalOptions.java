package io.wanspec.cli;

import io.wanspec.endpoints.eval.Prompt;
import io.wanspec.endpoints.eval.PromptFile;
import io.wanspec.evaluation.eval.EvalRun;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which texts a draft is judged by. */
final class EvalOptions {
    /** What a trace may hold, and hours of decoding. */
    private static final long ALL_TOKENS_MAX = 2_000_000;

    private static final int TOKENS_MAX = 2_000;
    private static final List<Double> TEMPERATURES = List.of(0.0, 0.8);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int maxTokens = 64;
    private OptionalDouble temperature = OptionalDouble.empty();
    private long seed = 1;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description =
                    "One chat prompt a line, UTF-8; ' ||| ' separates the turns of a dialogue, the user's first and"
                            + " last (default: the held-out prompts that no draft of ours was trained on).")
    private @Nullable Path prompts;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Sampling temperature, 0 to 2 (default: both 0 and 0.8).")
    void setTemperature(String value) {
        temperature = OptionalDouble.of(bounds().number("--temperature", value, 0, 2, "", "--temperature 0.8"));
    }

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Longest answer, in tokens, 1 to 2000 (default: ${DEFAULT-VALUE}).")
    void setMaxTokens(String value) {
        maxTokens = (int) bounds().whole("--max-tokens", value, 1, TOKENS_MAX, "", "--max-tokens 64");
    }

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the first prompt's sampling, 0 to 2^53; each further prompt has the next one"
                    + " (default: ${DEFAULT-VALUE}).")
    void setSeed(String value) {
        seed = bounds().whole("--seed", value, 0, 1L << 53, "", "--seed 42");
    }

    /** Checks what can be checked before any model is loaded. */
    EvalRun.Settings settings() {
        List<Double> temperatures = temperature.isPresent() ? List.of(temperature.getAsDouble()) : TEMPERATURES;
        requireSize(readPrompts().size(), temperatures.size());
        return new EvalRun.Settings(
                models.target(),
                models.draft(),
                Optional.ofNullable(prompts).map(Path::toAbsolutePath),
                temperatures,
                maxTokens,
                seed);
    }

    /** @param option that names the file */
    TraceWriter openTrace(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw refuse(option + " must name a file, not the folder " + file + "; use for instance " + option
                    + " trace.jsonl.");
        }
        try {
            return TraceWriter.open(file);
        } catch (IOException e) {
            throw refuse(option + " cannot be written: " + e + "; name a file in a folder that exists and is yours.");
        }
    }

    private List<Prompt> readPrompts() {
        try {
            return prompts == null ? PromptFile.heldOut() : PromptFile.read(prompts);
        } catch (IOException e) {
            throw refuse(String.valueOf(e.getMessage()));
        }
    }

    private void requireSize(int prompts, int temperatures) {
        long all = (long) prompts * temperatures * maxTokens;
        if (all > ALL_TOKENS_MAX) {
            throw refuse("--max-tokens: " + maxTokens + " for " + prompts + " prompts at " + temperatures
                    + " temperature(s) are " + all + " tokens, at most " + ALL_TOKENS_MAX
                    + " are taken; lower it or take fewer prompts.");
        }
    }

    private ParameterException refuse(String sentence) {
        return new ParameterException(bounds().spec().commandLine(), sentence);
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
