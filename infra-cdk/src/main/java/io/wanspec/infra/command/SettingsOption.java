package io.wanspec.infra.command;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import io.wanspec.infra.settings.DraftChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which deployment is meant. */
final class SettingsOption {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            defaultValue = "wanspec.yaml",
            description = "the deployment's settings (default: ${DEFAULT-VALUE})")
    private Path file = Path.of("wanspec.yaml");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    Deployment read() throws IOException {
        return DeploymentReader.read(file);
    }

    /** Says, beside the result, which draft region was chosen if one was. */
    Deployment readAndTell() throws IOException {
        Deployment deployment = read();
        DraftChoice choice = deployment.choice();
        if (choice != null) {
            Objects.requireNonNull(spec).commandLine().getErr().println(choice.words());
        }
        return deployment;
    }
}
