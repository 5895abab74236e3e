package io.wanspec.infra.command;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which deployment is meant. */
final class SettingsOption {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            defaultValue = "wanspec.yaml",
            description = "the deployment's settings (default: ${DEFAULT-VALUE})")
    private Path file = Path.of("wanspec.yaml");

    Deployment read() throws IOException {
        return DeploymentReader.read(file);
    }
}
