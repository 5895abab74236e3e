package io.wanspec.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The command line as it was typed, for figures to be measured again. */
final class TypedCommand {
    private TypedCommand() {}

    /** @param spec as picocli injects it */
    static String of(@Nullable CommandSpec spec) {
        CommandSpec described = Objects.requireNonNull(spec, "picocli injects the command's description first");
        return "./wanspec "
                + String.join(
                        " ", described.root().commandLine().getParseResult().originalArgs());
    }
}
