package io.wanspec.endpoints.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.torch.ModelLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures passes of a target and its draft on one thread, as the local cloud runs them; prints one JSON line. */
@Command(
        name = "engine-bench",
        mixinStandardHelpOptions = true,
        description = "Measures passes of a target and its draft and prints one JSON line.")
public final class EngineBench implements Callable<Integer> {
    private static final int CANNOT_RUN = 1;
    private static final int ROUNDS_MAX = 10_000;

    @Option(names = "--target", required = true, description = "checkpoint of the target, a file or a folder")
    private Path target = Path.of("");

    @Option(names = "--draft", required = true, description = "checkpoint of the draft")
    private Path draft = Path.of("");

    @Option(names = "--tokenizer-from", description = "checkpoint whose tokenizer the draft has, if not its own")
    private @Nullable Path tokenizerFrom;

    @Option(names = "--rounds", defaultValue = "64", description = "how often each case is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--batches", description = "measure passes of the target over many sequences instead")
    private boolean batches;

    @Option(
            names = "--precision",
            defaultValue = EngineSettings.TARGET_PRECISION,
            description = "of the target (${DEFAULT-VALUE}); the draft's is " + EngineSettings.DRAFT_PRECISION)
    private EngineSettings.Precision precision = EngineSettings.cpuTarget().precision();

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "endpoint-logback.xml");
        }
        System.exit(new CommandLine(new EngineBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > ROUNDS_MAX) {
            return refuse("--rounds must be between 1 and " + ROUNDS_MAX + ", was " + rounds);
        }
        try {
            System.out.println(batches ? measureBatches() : measure());
            return 0;
        } catch (ModelLoadException | IllegalArgumentException e) {
            return refuse(e.getMessage());
        }
    }

    private ObjectNode measure() {
        EngineSettings settings = EngineSettings.cpu(precision);
        try (LanguageModel targetModel = ModelLoader.load("target", target, null, settings);
                LanguageModel draftModel = ModelLoader.load("draft", draft, tokenizerFrom, EngineSettings.cpuDraft());
                Measurement measurement = new Measurement(targetModel, draftModel)) {
            measurement.run(rounds);
            ObjectNode report = MeasurementReport.of(measurement, rounds);
            report.put("vocabulary", targetModel.identity().vocabulary());
            report.put("threads", settings.threads());
            return report;
        }
    }

    private ObjectNode measureBatches() {
        EngineSettings settings = EngineSettings.cpu(precision);
        try (LanguageModel model = ModelLoader.load("target", target, null, settings);
                BatchCosts costs = new BatchCosts(model)) {
            costs.run(rounds);
            ObjectNode report = JsonNodeFactory.instance.objectNode();
            report.put("rounds", rounds);
            report.set("batches", costs.report());
            report.put("threads", settings.threads());
            return report;
        }
    }

    private static int refuse(@Nullable String why) {
        System.err.println("engine-bench: " + why);
        return CANNOT_RUN;
    }
}
