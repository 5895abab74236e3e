package io.wanspec.cli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the demonstration differs from other commands with the same options: it shows the proportions that WANSpec is made for. */
final class DemoDefaults implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                        && Arrays.asList(option.names()).contains(CloudOptions.PACE)
                ? CloudOptions.REFERENCE
                : null;
    }
}
