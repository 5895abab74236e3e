package io.wanspec.evaluation.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an endpoint's key is: never on the command line, in the list of endpoints or in a log. */
sealed interface ProbeKey {
    Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** Visible characters alone: nothing that could end a header. */
    Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    /** None is asked for. */
    record None() implements ProbeKey {}

    /** In a variable of the environment. */
    record Variable(String name) implements ProbeKey {}

    /** In a file, whose first line it is. */
    record InFile(Path path) implements ProbeKey {}

    /** @param text empty, {@code env:NAME} or {@code file:PATH} */
    static Optional<ProbeKey> of(String text) {
        if (text.isEmpty()) {
            return Optional.of(new None());
        }
        if (text.startsWith("env:") && NAME.matcher(text.substring(4)).matches()) {
            return Optional.of(new Variable(text.substring(4)));
        }
        return text.startsWith("file:") && text.length() > 5
                ? Optional.of(new InFile(Path.of(text.substring(5))))
                : Optional.empty();
    }

    /** The key; absent if none is asked for. */
    default Optional<String> read(Map<String, String> environment) throws ProbeException {
        return switch (this) {
            case None none -> Optional.empty();
            case Variable variable ->
                Optional.of(usable(environment.getOrDefault(variable.name(), ""), "the variable " + variable.name()));
            case InFile file -> Optional.of(usable(firstLine(file.path()), "the file " + file.path()));
        };
    }

    private static String firstLine(Path file) throws ProbeException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ProbeException("the key's file " + file + " cannot be read; name one that is yours.");
        }
    }

    private static String usable(String key, String where) throws ProbeException {
        if (!USABLE.matcher(key).matches()) {
            throw new ProbeException(where + " holds no key; put one there, on a line of its own.");
        }
        return key;
    }
}
