package io.wanspec.local.launch;

import io.wanspec.emulator.process.Children;
import io.wanspec.emulator.process.Executables;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.CpuCores;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.ServerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a program of the engine to its end, as a process with the core, the threads and the flags of the target's server. */
public final class EngineProgram {
    private final WanspecHome home;
    private final JavaProgram program;
    private final Path log;
    private final Optional<Path> taskset;
    private final CpuPlan cores;

    /** Takes a line that the program printed. */
    @FunctionalInterface
    public interface Lines {
        void take(String line) throws IOException;
    }

    /**
     * @param log name of the file for what the program writes to standard error
     * @param environment is searched for {@code taskset}
     */
    public EngineProgram(WanspecHome home, JavaProgram program, String log, Map<String, String> environment) {
        this.home = home;
        this.program = program;
        this.log = home.logs().resolve(log);
        this.taskset = Executables.of(environment).find("taskset");
        this.cores = CpuPlan.of(CpuCores.allowed(), taskset.isPresent());
    }

    /** The core that the process is pinned to, if it is. */
    public Optional<Integer> core() {
        return cores.target();
    }

    /** Runs it with these arguments; returns when it has ended well. */
    public void run(List<String> arguments, Lines out) throws IOException, InterruptedException {
        Files.createDirectories(home.logs());
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectError(log.toFile());
        builder.environment().putAll(ServerPlan.environment(home));
        Process process = builder.start();
        Children.adopt(process);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.take(line);
            }
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException("its process ended with exit code " + exitCode + "; see " + log);
            }
        } finally {
            Children.stop(process);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> main = new ArrayList<>(List.of(program.mainClass()));
        main.addAll(arguments);
        Optional<ServerSpec.Pin> pin = taskset.flatMap(path -> core().map(c -> new ServerSpec.Pin(path, c)));
        return ServerSpec.javaCommand(program.java(), program.classpath(), ServerPlan.targetFlags(), main, pin);
    }
}
