package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.endpoints.eval.EvalLine;
import io.wanspec.evaluation.eval.EvalRun;
import io.wanspec.evaluation.eval.TraceRecorder;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.simulator.text.WordedLanguage;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceReader;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the draft expects along the answers to the prompts, recorded as {@code wanspec record} does.
 *
 * @param words real tokens of each prompt and answer
 */
public record AnswerTrace(Trace trace, List<WordedLanguage.Words> words) {
    public AnswerTrace {
        words = List.copyOf(words);
    }

    public static AnswerTrace record(WanBenchSettings settings, EvalRun run, LaunchProgress progress)
            throws LaunchException, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("wanspec-bench");
        Path prompts = folder.resolve("prompts.txt");
        Path file = folder.resolve("trace.jsonl");
        try {
            Files.write(prompts, settings.prompts());
            return record(evaluation(settings, prompts), run, file, progress);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(prompts);
            Files.deleteIfExists(folder);
        }
    }

    /** Where an answer is another than the one that was measured, in one sentence; empty if none is. */
    public Optional<String> difference(List<Ledger> answers) {
        return difference(words.stream().map(WordedLanguage.Words::answer).toList(), answers);
    }

    static Optional<String> difference(List<Tokens> recorded, List<Ledger> answers) {
        for (int i = 0; i < answers.size(); i++) {
            Tokens measured = answers.get(i).tokenIds();
            if (!measured.equals(recorded.get(i))) {
                return Optional.of("prompt " + (i + 1) + ": the trace differs from what was measured at token "
                        + measured.commonPrefix(recorded.get(i)));
            }
        }
        return Optional.empty();
    }

    private static AnswerTrace record(EvalRun.Settings settings, EvalRun run, Path file, LaunchProgress progress)
            throws LaunchException, IOException, InterruptedException {
        List<WordedLanguage.Words> answers = new ArrayList<>();
        try (TraceWriter writer = TraceWriter.open(file)) {
            run.run(settings, EvalRun.Observer.both(new TraceRecorder(writer, settings), answers(answers)), progress);
            writer.finish();
        }
        return new AnswerTrace(TraceReader.read(file), answers);
    }

    private static EvalRun.Settings evaluation(WanBenchSettings settings, Path prompts) {
        return new EvalRun.Settings(
                settings.target(),
                settings.draft(),
                Optional.of(prompts),
                List.of(settings.temperature()),
                settings.maxTokens(),
                settings.seed());
    }

    private static EvalRun.Observer answers(List<WordedLanguage.Words> into) {
        return new EvalRun.Observer() {
            @Override
            public void begun(EvalLine.Begun begun) {}

            @Override
            public void observed(EvalLine.Observed observed) {
                into.add(new WordedLanguage.Words(observed.promptTokens(), observed.tokens()));
            }
        };
    }
}
