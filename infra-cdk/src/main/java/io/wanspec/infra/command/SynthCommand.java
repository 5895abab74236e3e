package io.wanspec.infra.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wanspec deploy synth}. */
@Command(
        name = "synth",
        mixinStandardHelpOptions = true,
        description = "Writes CloudFormation's templates, one a stack, and what they need. Offline; needs Node.")
final class SynthCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "cdk.out",
            description = "where to (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("cdk.out");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
        Synthesis.write(settings.readAndTell(), out).forEach(template -> console.println(out.resolve(template)));
        return 0;
    }
}
