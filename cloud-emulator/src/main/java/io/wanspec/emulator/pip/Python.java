package io.wanspec.emulator.pip;

import io.wanspec.emulator.process.Executables;
import io.wanspec.emulator.process.ProgramRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Python interpreter that is recent enough.
 *
 * @param environment in which it runs
 */
public record Python(Path program, Map<String, String> environment) {
    /** The oldest that will do, as 3.{@value}. */
    public static final int MINOR_MIN = 11;

    private static final List<String> CANDIDATES =
            List.of("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python");

    /** The first on the search path of {@code environment}. */
    public static Optional<Python> find(Map<String, String> environment) {
        Executables executables = Executables.of(environment);
        return CANDIDATES.stream()
                .flatMap(name -> executables.find(name).stream())
                .map(program -> new Python(program, environment))
                .filter(Python::isRecent)
                .findFirst();
    }

    /** Its pip, if it has one. */
    public Optional<Pip> pip() {
        return Optional.of(new Pip(List.of(program.toString(), "-m", "pip"), environment))
                .filter(Pip::answers);
    }

    private boolean isRecent() {
        String check = "import sys; sys.exit(sys.version_info < (3, " + MINOR_MIN + "))";
        return new ProgramRun(List.of(program.toString(), "-c", check), environment).succeeds();
    }
}
