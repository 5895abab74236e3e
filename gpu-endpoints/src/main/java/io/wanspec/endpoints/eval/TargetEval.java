package io.wanspec.endpoints.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.torch.ModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a target as the local cloud serves it and the same checkpoint in single precision read a text; prints {@link FidelityLine}s. */
@Command(
        name = "target-eval",
        mixinStandardHelpOptions = true,
        description = "Compares a target as it is served with its single precision on a text; prints JSON lines.")
public final class TargetEval implements Callable<Integer> {
    private static final int CANNOT_RUN = 1;
    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--target", required = true, description = "checkpoint, a file or a folder")
    private Path target = Path.of("");

    @Option(names = "--text", required = true, description = "file of plain text, UTF-8")
    private Path text = Path.of("");

    @Option(
            names = "--precision",
            defaultValue = EngineSettings.TARGET_PRECISION,
            description = "of the target (${DEFAULT-VALUE})")
    private Precision precision = EngineSettings.cpuTarget().precision();

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "endpoint-logback.xml");
        }
        System.exit(new CommandLine(new TargetEval())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() {
        try {
            String read = EvalText.read(text);
            try (LanguageModel served = load(precision);
                    LanguageModel exact = load(Precision.FP32)) {
                new Fidelity(served, exact).judge(read, TargetEval::print);
            }
            return 0;
        } catch (ModelLoadException | IllegalArgumentException | IOException e) {
            print(new FidelityLine.Refused(String.valueOf(e.getMessage())));
            return CANNOT_RUN;
        }
    }

    private LanguageModel load(Precision loaded) {
        return ModelLoader.load("target", target, null, EngineSettings.cpu(loaded));
    }

    private static void print(FidelityLine line) {
        try {
            System.out.println(JSON.writerFor(FidelityLine.class).writeValueAsString(line));
            System.out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line could not be written", e);
        }
    }
}
