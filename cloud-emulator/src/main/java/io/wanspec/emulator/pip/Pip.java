package io.wanspec.emulator.pip;

import io.wanspec.emulator.process.Executables;
import io.wanspec.emulator.process.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * pip as a program.
 *
 * @param command how it is called
 * @param environment in which it runs
 */
public record Pip(List<String> command, Map<String, String> environment) {
    private static final List<List<String>> CANDIDATES =
            List.of(List.of("python3", "-m", "pip"), List.of("python", "-m", "pip"), List.of("pip3"), List.of("pip"));

    /** One silent repetition: whoever calls tries again too, and says so each time. */
    private static final List<String> COMMON = List.of(
            "--no-deps",
            "--only-binary=:all:",
            "--no-input",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--progress-bar=off",
            "--retries=1");

    /**
     * What a run of pip left.
     *
     * @param output everything it wrote
     */
    public record Outcome(int exitCode, String output) {
        private static final int LINE_CHARS_MAX = 200;

        public PipTrouble trouble() {
            return PipTrouble.of(output);
        }

        /** The last line that says something, cut if it is long. */
        public String lastLine() {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("[notice]"))
                    .toList();
            String last = lines.isEmpty() ? "it wrote nothing" : lines.getLast();
            return last.length() <= LINE_CHARS_MAX ? last : last.substring(0, LINE_CHARS_MAX) + "…";
        }
    }

    /** Is told the bytes that have been written so far. */
    public interface Watcher {
        void bytes(long written);
    }

    /** The first way of calling pip that works in {@code environment}. */
    public static Optional<Pip> find(Map<String, String> environment) {
        Executables executables = Executables.of(environment);
        return CANDIDATES.stream()
                .flatMap(candidate -> executables.find(candidate.getFirst()).stream()
                        .map(program -> new Pip(withProgram(program, candidate), environment)))
                .filter(Pip::answers)
                .findFirst();
    }

    /**
     * Fetches a package into {@code folder}, which is watched meanwhile.
     *
     * @param limit after which pip is stopped
     */
    public Outcome download(String requirement, Path folder, Duration limit, Watcher watcher)
            throws IOException, InterruptedException {
        return run("download", List.of("-d", folder.toString(), requirement), folder, limit, watcher);
    }

    /**
     * Installs what a file of requirements pins into {@code site}, apart from all else on this machine.
     *
     * @param folder holds {@code site} and whatever comes beside it, and is watched meanwhile
     * @param limit after which pip is stopped
     */
    public Outcome install(Path requirements, Path site, Path folder, Duration limit, Watcher watcher)
            throws IOException, InterruptedException {
        List<String> what = List.of("--target", site.toString(), "--requirement", requirements.toString());
        return run("install", what, folder, limit, watcher);
    }

    boolean answers() {
        return new ProgramRun(
                        Stream.concat(command.stream(), Stream.of("--version")).toList(), environment)
                .succeeds();
    }

    private Outcome run(String verb, List<String> what, Path folder, Duration limit, Watcher watcher)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(verb);
        all.addAll(COMMON);
        all.addAll(what);
        // pip writes to the folder for temporary files first; with that inside, the folder's size is the progress.
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("TMPDIR", temporary.toString());
        // What it writes is searched for the cause of a failure.
        variables.put("LC_ALL", "C.UTF-8");
        // A user's setting to install for the user alone contradicts a folder.
        variables.put("PIP_USER", "0");
        Path log = folder.resolve("pip.log");
        int exitCode = new ProgramRun(all, variables).exitCode(log, limit, () -> watcher.bytes(Folders.bytes(folder)));
        return new Outcome(exitCode, Files.readString(log));
    }

    private static List<String> withProgram(Path program, List<String> candidate) {
        List<String> command = new ArrayList<>(candidate);
        command.set(0, program.toString());
        return List.copyOf(command);
    }
}
