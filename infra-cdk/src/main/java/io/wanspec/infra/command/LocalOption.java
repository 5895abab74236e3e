package io.wanspec.infra.command;

import io.wanspec.infra.local.CloudNote;
import io.wanspec.infra.local.LocalDeployment;
import io.wanspec.infra.local.LocalDifference;
import io.wanspec.infra.local.LocalPlace;
import io.wanspec.infra.settings.Deployment;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awscdk.Stack;

/** {@code --local}: the stacks go to the emulator of AWS that {@code ./wanspec up} has running. */
final class LocalOption {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--local",
            description = "in the local cloud that './wanspec up' runs, in place of AWS; says first what differs there")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    int up(Deployment settings) throws IOException, InterruptedException {
        Deployment deployment = LocalDifference.localised(settings);
        CloudNote cloud = cloud();
        PrintWriter out = out();
        out.println("Deployment " + deployment.name() + " in the local cloud. What differs from AWS:");
        for (LocalDifference difference : LocalDifference.values()) {
            out.println("- " + difference.words());
        }
        LocalPlace place = new LocalPlace(
                deployment.name(),
                cloud.emulator(),
                cloud.models(),
                Path.of(System.getProperty("java.home")),
                WebAdapter.require());
        try (WorkFolder folder = WorkFolder.make()) {
            Path packages = deployment.functions().ofManagedRuntime(DeployMain.checkout());
            List<Stack> stacks = Synthesis.stacks(deployment, packages, folder.path());
            URI base = new LocalDeployment(deployment, cloud.emulator(), home(), out::println)
                    .up(stacks, folder.path(), place);
            said(deployment, cloud.emulator(), base);
            return 0;
        }
    }

    private void said(Deployment deployment, URI emulator, URI base) {
        PrintWriter out = out();
        out.println("The API: " + base);
        out.println("A key for it: AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local ./wanspec key create --table "
                + deployment.name() + "-sessions --region "
                + deployment.target().site().region()
                + " --endpoint-url " + emulator + " --name first");
    }

    int down(Deployment deployment) throws IOException, InterruptedException {
        new LocalDeployment(LocalDifference.localised(deployment), cloud().emulator(), home(), out()::println).down();
        WorkFolder.removeLeft();
        return 0;
    }

    private static CloudNote cloud() {
        return CloudNote.find(home())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no local cloud runs. Start one with './wanspec up' in another terminal and run this again"));
    }

    private static Path home() {
        return CloudNote.home(System.getenv(), System.getProperty("user.home"));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
