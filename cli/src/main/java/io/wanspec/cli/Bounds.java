package io.wanspec.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options' values, checked. Each refusal is one sentence with the option, the limit and the remedy. */
record Bounds(CommandSpec spec) {
    /** @param spec as picocli injects it, before it sets any option */
    static Bounds of(@Nullable CommandSpec spec) {
        return new Bounds(Objects.requireNonNull(spec, "picocli injects the command's description first"));
    }

    /**
     * @param remedy a value that works, as one would type it
     */
    double number(String option, String value, double min, double max, String unit, String remedy) {
        try {
            double number = Double.parseDouble(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw outside(option, value, "a number from " + plain(min) + " to " + plain(max) + unit, remedy);
    }

    /** Above 0, up to 1. */
    double share(String option, String value, String remedy) {
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw outside(option, value, "a number above 0, up to 1", remedy);
    }

    long whole(String option, String value, long min, long max, String unit, String remedy) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw outside(option, value, "a whole number from " + min + " to " + max + unit, remedy);
    }

    <T extends Enum<T>> T oneOf(String option, String value, T[] values, Function<T, String> word) {
        Optional<T> found =
                Arrays.stream(values).filter(v -> word.apply(v).equals(value)).findFirst();
        List<String> words = Arrays.stream(values).map(word).toList();
        return found.orElseThrow(
                () -> outside(option, value, "one of " + String.join(", ", words), option + " " + words.getFirst()));
    }

    ParameterException outside(String option, String value, String limit, String remedy) {
        CommandLine commandLine = spec.commandLine();
        return new ParameterException(
                commandLine, option + " must be " + limit + ", not '" + value + "'; use for instance " + remedy + ".");
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
