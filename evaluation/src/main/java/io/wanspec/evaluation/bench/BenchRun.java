package io.wanspec.evaluation.bench;

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

/** Runs the engine's benchmark as a process of its own, with the core, the threads and the flags of the target's server. */
public final class BenchRun {
    private static final String PROGRAM = "io.wanspec.endpoints.bench.EngineBench";

    private final ModelStore models;
    private final EngineProgram program;

    /** @param environment is searched for {@code taskset} */
    BenchRun(WanspecHome home, ModelStore models, JavaProgram program, Map<String, String> environment) {
        this.models = models;
        this.program = new EngineProgram(home, program, "bench.log", environment);
    }

    /** The benchmark, run by the Java and from the class path of this process. */
    public static BenchRun of(WanspecHome home, ModelStore models) {
        return new BenchRun(home, models, JavaProgram.ofThisProcess(PROGRAM), System.getenv());
    }

    /** The core that the measurement is pinned to, if it is. */
    public Optional<Integer> core() {
        return program.core();
    }

    /**
     * @param target a known model's name or a path, as is {@code draft}
     * @return the JSON object that the benchmark printed
     */
    public String run(String target, String draft, int rounds, LaunchProgress progress)
            throws LaunchException, InterruptedException {
        try {
            Path targetFiles = models.require(target, progress);
            ServedModel drafting = ServedModel.draft(models.require(draft, progress), draft, targetFiles);
            progress.step("measuring " + rounds + " rounds");
            List<String> arguments = new ArrayList<>(drafting.pairOptions(targetFiles));
            arguments.addAll(List.of("--rounds", "" + rounds));
            List<String> printed = new ArrayList<>();
            program.run(arguments, printed::add);
            return String.join("\n", printed).strip();
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (IOException e) {
            throw new LaunchException("the benchmark could not be run: " + e.getMessage(), e, false);
        }
    }
}
