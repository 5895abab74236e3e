package io.wanspec.infra.command;

import io.wanspec.infra.WanSpecApp;
import io.wanspec.infra.construct.FunctionPackages;
import io.wanspec.infra.settings.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.Stack;

/** Templates and assets of a deployment, written to a folder. CDK runs in Node; nothing is asked of the network. */
final class Synthesis {
    private Synthesis() {}

    /** @return the templates' files, in the order in which they are deployed */
    static List<String> write(Deployment deployment, Path out) throws IOException {
        return stacks(deployment, deployment.functions().packages(DeployMain.checkout()), out).stream()
                .map(Stack::getTemplateFile)
                .toList();
    }

    /**
     * @param packages the folder of the functions' zips
     * @return the stacks, whose templates are written
     */
    static List<Stack> stacks(Deployment deployment, Path packages, Path out) throws IOException {
        NodeVersion.require();
        makeFolder(out);
        WanSpecApp app = WanSpecApp.compose(
                deployment,
                new FunctionPackages(packages),
                DeployMain.checkout().resolve(Path.of("gpu-endpoints", "target")),
                out);
        app.app().synth();
        return app.stacks();
    }

    private static void makeFolder(Path out) {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot make the folder " + out + " (" + e.getClass().getSimpleName()
                            + "). Name another with --out",
                    e);
        }
    }
}
