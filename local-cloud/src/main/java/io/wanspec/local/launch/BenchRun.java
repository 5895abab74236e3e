package io.wanspec.local.launch;

import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.Children;
import io.wanspec.local.process.CpuCores;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.Executables;
import io.wanspec.local.process.ServerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the engine's benchmark as a process of its own, with the core, the threads and the flags of the target's server. */
public final class BenchRun {
    private static final String PROGRAM = "io.wanspec.endpoints.bench.EngineBench";

    private final WanspecHome home;
    private final ModelStore models;
    private final JavaProgram program;
    private final Optional<Path> taskset;
    private final CpuPlan cores;

    /** @param environment is searched for {@code taskset} */
    BenchRun(WanspecHome home, ModelStore models, JavaProgram program, Map<String, String> environment) {
        this.home = home;
        this.models = models;
        this.program = program;
        this.taskset = Executables.of(environment).find("taskset");
        this.cores = CpuPlan.of(CpuCores.allowed(), taskset.isPresent());
    }

    /** The benchmark, run by the Java and from the class path of this process. */
    public static BenchRun of(WanspecHome home, ModelStore models) {
        return new BenchRun(home, models, JavaProgram.ofThisProcess(PROGRAM), System.getenv());
    }

    /** The core that the measurement is pinned to, if it is. */
    public Optional<Integer> core() {
        return cores.target();
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
            return run(command(targetFiles, drafting, rounds));
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (IOException e) {
            throw new LaunchException("the benchmark could not be run: " + e.getMessage(), e, false);
        }
    }

    private List<String> command(Path target, ServedModel draft, int rounds) {
        List<String> main = new ArrayList<>(List.of(program.mainClass(), "--target", target.toString()));
        main.addAll(List.of("--draft", draft.files().toString(), "--rounds", "" + rounds));
        draft.tokenizerFrom().ifPresent(other -> main.addAll(List.of("--tokenizer-from", other.toString())));
        Optional<ServerSpec.Pin> pin = taskset.flatMap(path -> core().map(c -> new ServerSpec.Pin(path, c)));
        return ServerSpec.javaCommand(program.java(), program.classpath(), ServerPlan.targetFlags(), main, pin);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path log = home.logs().resolve("bench.log");
        Files.createDirectories(home.logs());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(ServerPlan.environment(home));
        Process process = builder.start();
        Children.adopt(process);
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException("its process ended with exit code " + exitCode + "; see " + log);
            }
            return printed.strip();
        } finally {
            Children.stop(process);
        }
    }
}
