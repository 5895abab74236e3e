package io.wanspec.evaluation.eval;

import io.wanspec.endpoints.eval.EvalLine;
import io.wanspec.local.launch.EngineProgram;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.launch.ServedModel;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets a target answer prompts and its draft predict every token of the answers, in a process like the target's server. */
public final class EvalRun {
    private static final String PROGRAM = "io.wanspec.endpoints.eval.DraftEval";

    private final ModelStore models;
    private final EngineProgram program;

    /**
     * What to evaluate.
     *
     * @param target a known model's name or a path, as is {@code draft}
     * @param prompts a file that is known to be fine; the held-out prompts if there is none
     * @param temperatures every prompt is answered at each of them
     * @param maxTokens of an answer
     * @param seed of the first prompt
     */
    public record Settings(
            String target, String draft, Optional<Path> prompts, List<Double> temperatures, int maxTokens, long seed) {
        public Settings {
            temperatures = List.copyOf(temperatures);
        }

        private List<String> options() {
            List<String> options = new ArrayList<>(List.of("--max-tokens", "" + maxTokens, "--seed", "" + seed));
            options.add("--temperature");
            options.add(temperatures.stream().map(String::valueOf).collect(Collectors.joining(",")));
            prompts.ifPresent(file -> options.addAll(List.of("--prompts", file.toString())));
            return options;
        }
    }

    /** Takes what is observed, as it comes. */
    public interface Observer {
        void begun(EvalLine.Begun begun) throws IOException;

        void observed(EvalLine.Observed observed) throws IOException;

        /** Tells {@code first}, then {@code second}. */
        static Observer both(Observer first, Observer second) {
            return new Observer() {
                @Override
                public void begun(EvalLine.Begun begun) throws IOException {
                    first.begun(begun);
                    second.begun(begun);
                }

                @Override
                public void observed(EvalLine.Observed observed) throws IOException {
                    first.observed(observed);
                    second.observed(observed);
                }
            };
        }
    }

    /** @param environment is searched for {@code taskset} */
    EvalRun(WanspecHome home, ModelStore models, JavaProgram program, Map<String, String> environment) {
        this.models = models;
        this.program = new EngineProgram(home, program, "draft-eval.log", environment);
    }

    /** Run by the Java and from the class path of this process. */
    public static EvalRun of(WanspecHome home, ModelStore models) {
        return new EvalRun(home, models, JavaProgram.ofThisProcess(PROGRAM), System.getenv());
    }

    /** The core that both models run on, if they are pinned. */
    public Optional<Integer> core() {
        return program.core();
    }

    /** Returns when all requests have been observed. */
    public void run(Settings settings, Observer observer, LaunchProgress progress)
            throws LaunchException, InterruptedException {
        Lines lines = new Lines(observer, progress);
        try {
            Path target = models.require(settings.target(), progress);
            ServedModel draft = ServedModel.draft(models.require(settings.draft(), progress), settings.draft(), target);
            List<String> arguments = new ArrayList<>(draft.pairOptions(target));
            arguments.addAll(settings.options());
            progress.step("loading the models and timing their passes");
            program.run(arguments, lines);
            lines.requireComplete();
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (IOException e) {
            throw ProgramReport.failed(lines.refusal, e);
        }
    }

    private static final class Lines implements EngineProgram.Lines {
        private final Observer observer;
        private final LaunchProgress progress;
        private int expected = -1;
        private int done;
        private @Nullable String refusal;

        Lines(Observer observer, LaunchProgress progress) {
            this.observer = observer;
            this.progress = progress;
        }

        @Override
        public void take(String text) throws IOException {
            switch (ProgramReport.parse(text, EvalLine.class)) {
                case EvalLine.Begun begun -> {
                    expected = begun.requests();
                    observer.begun(begun);
                    progress.step("answering " + expected + " requests with the target, and drafting beside it");
                }
                case EvalLine.Observed observed -> {
                    observer.observed(observed);
                    progress.count(++done, expected);
                }
                case EvalLine.Refused refused -> refusal = refused.reason();
            }
        }

        void requireComplete() throws IOException {
            if (done != expected) {
                throw new IOException("its process reported " + done + " of " + expected + " requests");
            }
        }
    }
}
