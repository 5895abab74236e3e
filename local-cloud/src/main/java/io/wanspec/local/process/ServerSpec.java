package io.wanspec.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server to start. It says on its standard output where it listens ({@link ListeningLine}), and ends with its standard input.
 *
 * @param name of its log, and in messages
 * @param command complete but for {@link #PORT}, which stands where the port belongs
 * @param environment on top of this process's own
 * @param log where what it writes goes
 * @param answersPing whether it is ready only when {@code GET /ping} answers 200, as a model server, or as soon as it listens
 */
public record ServerSpec(
        String name, List<String> command, Map<String, String> environment, Path log, boolean answersPing) {
    /** Stands for the port in the command: 0 at the first start, afterwards the one that the server then had. */
    public static final String PORT = "{port}";

    public ServerSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (!command.contains(PORT)) {
            throw new IllegalArgumentException(name + ": the command has no place for the port");
        }
    }

    /** A model server. */
    public ServerSpec(String name, List<String> command, Map<String, String> environment, Path log) {
        this(name, command, environment, log, true);
    }

    List<String> commandFor(int port) {
        return command.stream()
                .map(word -> word.equals(PORT) ? Integer.toString(port) : word)
                .toList();
    }

    /**
     * What a Java program is started with.
     *
     * @param java the {@code java} program
     * @param classpath as {@code java -cp} takes it
     * @param flags of the JVM
     * @param mainClass with its arguments
     * @param pinTo {@code taskset} and the core, if the process is to stay on one
     */
    public static List<String> javaCommand(
            Path java, String classpath, List<String> flags, List<String> mainClass, Optional<Pin> pinTo) {
        Optional<List<String>> prefix = pinTo.map(pin -> List.of(pin.taskset().toString(), "-c", "" + pin.core()));
        return Stream.of(
                        prefix.orElse(List.of()), List.of(java.toString()), flags, List.of("-cp", classpath), mainClass)
                .flatMap(List::stream)
                .toList();
    }

    /** A core, and the program that pins to it. */
    public record Pin(Path taskset, int core) {}
}
