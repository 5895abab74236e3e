package io.wanspec.evaluation.eval;

import io.wanspec.endpoints.eval.FidelityLine;
import io.wanspec.local.launch.EngineProgram;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a target as it is served with its single precision on a text, in a process like the target's server. */
public final class TargetRun {
    private static final String PROGRAM = "io.wanspec.endpoints.eval.TargetEval";

    private final ModelStore models;
    private final EngineProgram program;

    private TargetRun(ModelStore models, EngineProgram program) {
        this.models = models;
        this.program = program;
    }

    /** Run by the Java and from the class path of this process. */
    public static TargetRun of(WanspecHome home, ModelStore models) {
        JavaProgram java = JavaProgram.ofThisProcess(PROGRAM);
        return new TargetRun(models, new EngineProgram(home, java, "target-eval.log", System.getenv()));
    }

    /** The core that both run on, if they are pinned. */
    public Optional<Integer> core() {
        return program.core();
    }

    /**
     * @param target a known model's name or a path
     * @param precision of its arithmetic, as its server's option says it
     * @param text a file that is known to be fine
     */
    public TargetFigures run(String target, String precision, Path text, LaunchProgress progress)
            throws LaunchException, InterruptedException {
        Lines lines = new Lines(progress);
        try {
            Path files = models.require(target, progress);
            progress.step("loading the target twice, as it is served and in single precision");
            List<String> options =
                    List.of("--target", files.toString(), "--text", text.toString(), "--precision", precision);
            program.run(options, lines);
            return lines.figures();
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (IOException e) {
            throw ProgramReport.failed(lines.refusal, e);
        }
    }

    private static final class Lines implements EngineProgram.Lines {
        private final LaunchProgress progress;
        private final TargetFigures.Sum sum = new TargetFigures.Sum();
        private int expected = -1;
        private int done;
        private @Nullable String refusal;

        Lines(LaunchProgress progress) {
            this.progress = progress;
        }

        @Override
        public void take(String text) throws IOException {
            switch (ProgramReport.parse(text, FidelityLine.class)) {
                case FidelityLine.Begun begun -> {
                    expected = begun.windows();
                    sum.begin(begun);
                    progress.step("reading " + begun.tokens() + " tokens twice, in " + expected + " windows");
                }
                case FidelityLine.Judged judged -> {
                    sum.add(judged);
                    progress.count(++done, expected);
                }
                case FidelityLine.Refused refused -> refusal = refused.reason();
            }
        }

        TargetFigures figures() throws IOException {
            if (done != expected) {
                throw new IOException("its process reported " + done + " of " + expected + " windows");
            }
            return sum.figures();
        }
    }
}
