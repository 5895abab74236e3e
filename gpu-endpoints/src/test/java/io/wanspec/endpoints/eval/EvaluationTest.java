package io.wanspec.endpoints.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.bench.PassCosts;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.copy.CopyMixer;
import io.wanspec.endpoints.model.copy.CopyText;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final int MAX_TOKENS = 40;

    @TempDir
    Path folder;

    @Test
    void aPerfectDraftIsAlwaysRight() throws IOException {
        try (LanguageModel target = model("t", 0);
                LanguageModel draft = model("d", 0)) {
            assertThat(observed(target, draft, prompts()))
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(each.ranks().toArray()).containsOnly(0));
        }
    }

    /** One pass over the text says what a worker would have said that drafts one token a pass. */
    @Test
    void observationsAreThoseOfPlainDecodingTokenByToken() throws IOException {
        try (LanguageModel target = model("t", 0);
                LanguageModel draft = model("d", 0.1)) {
            List<EvalLine.Observed> observed = observed(target, draft, prompts());
            assertThat(observed).extracting(EvalLine.Observed::temperature).containsExactly(0.0, 0.8, 0.0, 0.8);
            assertThat(observed).extracting(EvalLine.Observed::seed).containsExactly(5L, 5L, 6L, 6L);
            int accepted = 0;
            int tokens = 0;
            for (EvalLine.Observed each : observed) {
                SamplingOptions options = new SamplingOptions(each.temperature(), 0, 1, each.seed());
                assertThat(each.tokens().size()).isBetween(1, MAX_TOKENS);
                compare(each, choices(target, each, options), choices(draft, each, options));
                accepted += (int) Arrays.stream(each.ranks().toArray())
                        .filter(r -> r == 0)
                        .count();
                tokens += each.tokens().size();
            }
            assertThat(accepted).isBetween(1, tokens - 1);
        }
    }

    @Test
    void copiesAreTakenIn() throws IOException {
        try (LanguageModel target = model("t", 0);
                LanguageModel draft = model("d", 0.1);
                LanguageModel copying = copying("c", 0.1)) {
            assertThat(copying.copies()).isEqualTo(new CopyShares(0.8, List.of(0.3, 0.9)));
            assertThat(copying.identity().weights())
                    .isNotEqualTo(draft.identity().weights());
            List<EvalLine.Observed> observed = observed(target, copying, prompts());
            for (EvalLine.Observed each : observed) {
                SamplingOptions options = new SamplingOptions(each.temperature(), 0, 1, each.seed());
                compare(each, choices(target, each, options), choices(copying, each, options));
            }
            assertThat(observed)
                    .extracting(EvalLine.Observed::ranks)
                    .isNotEqualTo(observed(target, draft, prompts()).stream()
                            .map(EvalLine.Observed::ranks)
                            .toList());
        }
    }

    @Test
    void passesOfAllSizesAreMeasured() throws IOException {
        try (LanguageModel target = model("t", 0);
                LanguageModel draft = model("d", 0.1)) {
            PassCosts costs = PassCosts.measure(target, draft, 2);
            assertThat(costs.targetMs().keySet()).containsExactly(1, 2, 4, 8, 16);
            assertThat(costs.draftMs().keySet()).containsExactly(1, 2, 4, 8, 16);
            assertThat(costs.targetMs().values()).allMatch(ms -> ms > 0);
            assertThat(costs.draftMs().values()).allMatch(ms -> ms > 0);
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        try (LanguageModel target = model("t", 0);
                LanguageModel draft = model("d", 0)) {
            Evaluation evaluation = new Evaluation(target, draft);
            List<Prompt> prompts = List.of(Prompt.of(1, "short"), Prompt.of(4, "x".repeat(2_000)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> evaluation.render(prompts, 100))
                    .withMessageContaining("--prompts: line 4 has ")
                    .withMessageEndingWith("exceeds the models' context of 2048; shorten it or lower --max-tokens");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvalPlan(List.of(Tokens.of(1)), List.of(0.0), 2_001, 1))
                .withMessage("--max-tokens must be between 1 and 2000, was 2001");
    }

    private static List<Prompt> prompts() {
        return List.of(Prompt.of(1, "What is a tree?"), Prompt.of(2, "Hi ||| Hello! ||| Sing."));
    }

    private static List<EvalLine.Observed> observed(LanguageModel target, LanguageModel draft, List<Prompt> prompts) {
        Evaluation evaluation = new Evaluation(target, draft);
        List<EvalLine> lines = new ArrayList<>();
        List<Tokens> rendered = evaluation.render(prompts, MAX_TOKENS);
        evaluation.run(new EvalPlan(rendered, List.of(0.0, 0.8), MAX_TOKENS, 5), 1, lines::add);
        assertThat(lines.removeFirst())
                .isInstanceOfSatisfying(
                        EvalLine.Begun.class,
                        begun -> assertThat(begun.requests()).isEqualTo(lines.size()));
        return lines.stream().map(EvalLine.Observed.class::cast).toList();
    }

    private record Choice(Candidates candidates, int entropy) {}

    /** What {@code model} expects at each token of the text, by one pass a token. */
    private static List<Choice> choices(LanguageModel model, EvalLine.Observed of, SamplingOptions options) {
        CoupledSampler sampler = new CoupledSampler();
        List<Choice> choices = new ArrayList<>();
        Tokens all = of.promptTokens().plus(of.tokens());
        CopyMixer mixer = new CopyMixer(model.copies(), model.proposals());
        CopyText text = new CopyText();
        try (Sequence sequence = model.open()) {
            for (int position = 1; position < all.size(); position++) {
                Pass pass = sequence.append(Tokens.of(all.get(position - 1)), 1);
                text.append(all.get(position - 1));
                CopyMixer.Row row = mixer.mix(pass.logits(), 0, pass.vocabulary(), pass.entropies()[0], text.next());
                if (position >= of.promptTokens().size()) {
                    choices.add(new Choice(
                            sampler.candidates(row.logits(), 0, row.columns(), row.proposals(), options, position, 8),
                            Math.round(row.entropy() * 1_000)));
                }
            }
        }
        return choices;
    }

    private static void compare(EvalLine.Observed observed, List<Choice> target, List<Choice> draft) {
        for (int i = 0; i < observed.tokens().size(); i++) {
            int token = observed.tokens().get(i);
            Candidates expected = draft.get(i).candidates();
            assertThat(target.get(i).candidates().first()).isEqualTo(token);
            assertThat(observed.ranks().get(i)).isEqualTo(expected.rankOf(token));
            assertThat(observed.entropies().get(i)).isEqualTo(draft.get(i).entropy());
            int[] surprisals = expected.surprisalsMilliNats().toArray();
            assertThat(observed.surprisals().get(i)).isEqualTo(Ints.of(Arrays.copyOf(surprisals, 4)));
        }
    }

    private LanguageModel copying(String name, double noise) throws IOException {
        Path files = TinyModel.writeDraft(folder.resolve(name), 3, noise);
        File config = files.resolve("config.json").toFile();
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(config);
        json.putObject("wanspec")
                .putObject("copy")
                .put("temperature", 0.8)
                .putArray("shares")
                .add(0.3)
                .add(0.9);
        new JsonMapper().writeValue(config, json);
        return ModelLoader.load(name, files, null, EngineSettings.cpuInt8());
    }

    private LanguageModel model(String name, double noise) throws IOException {
        Path files = TinyModel.writeDraft(folder.resolve(name), 3, noise);
        return ModelLoader.load(name, files, null, EngineSettings.cpuInt8());
    }
}
