package io.wanspec.endpoints.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.torch.ModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets a target answer prompts and its draft predict the answers, on one thread in the precisions that the local cloud serves
 * them in; prints {@link EvalLine}s.
 */
@Command(
        name = "draft-eval",
        mixinStandardHelpOptions = true,
        description = "Lets a target answer prompts and its draft predict the answers; prints JSON lines.")
public final class DraftEval implements Callable<Integer> {
    private static final int CANNOT_RUN = 1;
    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--target", required = true, description = "checkpoint of the target, a file or a folder")
    private Path target = Path.of("");

    @Option(names = "--draft", required = true, description = "checkpoint of the draft")
    private Path draft = Path.of("");

    @Option(names = "--tokenizer-from", description = "checkpoint whose tokenizer the draft has, if not its own")
    private @Nullable Path tokenizerFrom;

    @Option(names = "--prompts", description = "file with one prompt a line (default: the held-out prompts)")
    private @Nullable Path prompts;

    @Option(names = "--temperature", defaultValue = "0", split = ",", description = "one or more (${DEFAULT-VALUE})")
    private List<Double> temperatures = List.of();

    @Option(names = "--max-tokens", defaultValue = "64", description = "longest answer (${DEFAULT-VALUE})")
    private int maxTokens;

    @Option(names = "--seed", defaultValue = "1", description = "of the first prompt (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--pass-rounds", defaultValue = "32", description = "how often passes are timed (${DEFAULT-VALUE})")
    private int passRounds;

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "endpoint-logback.xml");
        }
        System.exit(new CommandLine(new DraftEval()).execute(args));
    }

    @Override
    public Integer call() {
        try {
            evaluate();
            return 0;
        } catch (ModelLoadException | IllegalArgumentException | IOException e) {
            print(new EvalLine.Refused(String.valueOf(e.getMessage())));
            return CANNOT_RUN;
        }
    }

    private void evaluate() throws IOException {
        List<Prompt> asked = prompts == null ? PromptFile.heldOut() : PromptFile.read(prompts);
        try (LanguageModel targetModel = ModelLoader.load("target", target, null, EngineSettings.cpuTarget());
                LanguageModel draftModel = ModelLoader.load("draft", draft, tokenizerFrom, EngineSettings.cpuDraft())) {
            Evaluation evaluation = new Evaluation(targetModel, draftModel);
            List<Tokens> rendered = evaluation.render(asked, maxTokens);
            evaluation.run(new EvalPlan(rendered, temperatures, maxTokens, seed), passRounds, DraftEval::print);
        }
    }

    private static void print(EvalLine line) {
        try {
            System.out.println(JSON.writerFor(EvalLine.class).writeValueAsString(line));
            System.out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line could not be written", e);
        }
    }
}
