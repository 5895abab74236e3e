package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The product's promise on a real engine: verifying trees commits the very tokens of decoding one at a time. With
 * {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class TreeVerificationTest {
    private static final int LOGPROBS = 4;
    private static final double[] TEMPERATURES = {0, 0.8};

    private static final Grammar JSON = Grammar.of("""
            root ::= "{\\"name\\": " text ", \\"values\\": [" (value (", " value)*)? "]}"
            value ::= text | "-"? [0-9]{1,4} | "{\\"inner\\": " value "}" | "true" | "false"
            text ::= "\\"" [^\\"\\\\\\x00-\\x1F]{0,6} "\\""
            """);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void treesCommitThePlainText(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, 120, 3);
        String real = System.getProperty("wanspec.model");
        if (real != null) {
            check(Path.of(real), precision, 48, 2);
        }
    }

    private static void check(Path path, Precision precision, int tokens, int trials) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", path, null, settings)) {
            for (int trial = 0; trial < trials; trial++) {
                for (double temperature : TEMPERATURES) {
                    compare(model, new Random(trial), new SamplingOptions(temperature, 0, 1, trial), tokens);
                    compare(model, new Random(trial), ruled(model, new Random(trial), temperature), tokens);
                    compare(model, new Random(trial), onGrammar(model, new Random(trial), temperature), tokens);
                }
            }
        }
    }

    /** As if the prompt had one token: its other tokens count as the text's, which makes no difference here. */
    private static SamplingOptions ruled(LanguageModel model, Random random, double temperature) {
        int vocabulary = model.identity().vocabulary();
        int[] biased = random.ints(0, vocabulary).distinct().limit(9).toArray();
        var rules = new SamplingRules(
                1,
                random.nextInt(5) / 2.0 - 1,
                random.nextInt(5) / 2.0 - 1,
                1 + random.nextInt(3) / 5.0,
                new TokenBiases(
                        Tokens.of(biased),
                        random.doubles(biased.length, -100, 3).boxed().toList()),
                0.05,
                random.nextInt(100),
                random.nextBoolean(),
                Tokens.of(random.nextInt(vocabulary)),
                random.nextBoolean());
        return new SamplingOptions(temperature, 0, 0.95, random.nextLong(), rules);
    }

    /** The same rules for a text that is JSON. */
    private static SamplingOptions onGrammar(LanguageModel model, Random random, double temperature) {
        SamplingOptions plain = ruled(model, random, temperature);
        SamplingRules rules = Objects.requireNonNull(plain.rules());
        var ending = new SamplingRules(
                1,
                rules.frequencyPenalty(),
                rules.presencePenalty(),
                rules.repetitionPenalty(),
                rules.biases(),
                rules.minP(),
                rules.minTokens(),
                false,
                Tokens.none(),
                false,
                JSON);
        return new SamplingOptions(temperature, 0, 0.95, plain.seed(), ending);
    }

    private static void compare(LanguageModel model, Random random, SamplingOptions asked, int count) {
        int vocabulary = model.identity().vocabulary();
        Tokens prompt =
                Tokens.of(random.ints(1 + random.nextInt(70), 0, vocabulary).toArray());
        SamplingRules rules = asked.rules();
        // A grammar's text begins behind the prompt.
        SamplingOptions options = rules == null || rules.grammar() == null
                ? asked
                : new SamplingOptions(asked.temperature(), 0, asked.topP(), asked.seed(), rules.behind(prompt.size()));
        List<TokenLogprobs> plain = new ArrayList<>();
        List<TokenLogprobs> likely = new ArrayList<>();
        Tokens expected = plainly(model, prompt, options, count, plain);
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), MinimumPassTime.none());
        TargetDecoder decoder = new TargetDecoder(
                engine,
                options,
                prompt,
                prompt.size(),
                engine.sequences().acquire(prompt, Optional.empty(), CacheNeed.growing(prompt)),
                LOGPROBS);
        while (!decoder.isFilled()) {
            var _ = decoder.fill().run();
        }
        Tokens text = Tokens.none();
        int accepted = 0;
        while (text.size() < count && !(text.size() > 0 && engine.ends(options, text.last()))) {
            TokenTree drafts = RandomTrees.of(random, expected.from(text.size()), vocabulary + 2);
            TargetDecoder.Round round =
                    decoder.commit(decoder.verification(drafts).run());
            VerificationResult result = round.result();
            likely.addAll(Objects.requireNonNull(round.logprobs()).each());
            accepted += result.accepted();
            text = text.plus(result.tokens());
            assertThat(text.slice(0, Math.min(text.size(), expected.size())))
                    .isEqualTo(expected.slice(0, Math.min(text.size(), expected.size())));
        }
        assertThat(text.size()).isGreaterThanOrEqualTo(expected.size());
        assertThat(likely.subList(0, plain.size())).isEqualTo(plain);
        assertThat(accepted).isPositive();
        decoder.release();
    }

    /** One token a pass, nothing ever rolled back. */
    private static Tokens plainly(
            LanguageModel model, Tokens prompt, SamplingOptions options, int count, List<TokenLogprobs> likely) {
        CoupledSampler sampler = new CoupledSampler();
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), MinimumPassTime.none());
        Tokens text = Tokens.none();
        try (Sequence sequence = model.open()) {
            Pass pass = sequence.append(prompt, 1);
            while (true) {
                int position = prompt.size() + text.size();
                float[] row = ruled(engine, pass, options, prompt.plus(text));
                text = text.plus(sampler.sample(row, 0, pass.vocabulary(), options, position));
                likely.add(engine.logprobs(pass, 0, text.last(), LOGPROBS));
                if (text.size() == count || ends(model, options.rules(), text.last())) {
                    return text;
                }
                pass = sequence.append(Tokens.of(text.last()), 1);
            }
        }
    }

    /** A row behind a text that is read anew for it. */
    private static float[] ruled(Engine engine, Pass pass, SamplingOptions options, Tokens text) {
        float[] row = Arrays.copyOf(pass.logits(), pass.vocabulary());
        RuledText read = engine.ruledText(options);
        if (read != null) {
            int[] ends = IntStream.range(0, pass.vocabulary())
                    .filter(engine.model()::endsSequence)
                    .toArray();
            read.append(text);
            read.apply(row, row.length, Proposals.all(), ends);
        }
        return row;
    }

    private static boolean ends(LanguageModel model, @Nullable SamplingRules rules, int token) {
        return rules == null
                ? model.endsSequence(token)
                : rules.stopsAt(token) || (!rules.ignoresEnd() && model.endsSequence(token));
    }
}
