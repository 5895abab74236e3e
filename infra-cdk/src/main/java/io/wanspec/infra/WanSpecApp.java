package io.wanspec.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.wanspec.infra.construct.EndpointImages;
import io.wanspec.infra.construct.FunctionPackages;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.stack.DraftRegionStack;
import io.wanspec.infra.stack.ObservabilityStack;
import io.wanspec.infra.stack.TargetRegionStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;

/** All stacks of a deployment, in the order in which they can be deployed. */
public final class WanSpecApp {
    private final App app;
    private final List<Stack> stacks;

    private WanSpecApp(App app, List<Stack> stacks) {
        this.app = app;
        this.stacks = stacks;
    }

    /**
     * @param images folder of what model servers' images are built of, where the settings say so
     * @param out where templates and assets go
     */
    public static WanSpecApp compose(Deployment deployment, FunctionPackages packages, Path images, Path out) {
        App app = new App(AppProps.builder()
                .outdir(out.toString())
                .analyticsReporting(false)
                .context(Map.of(
                        "@aws-cdk/aws-iam:minimizePolicies", true,
                        "@aws-cdk/core:checkSecretUsage", true,
                        "@aws-cdk/core:validateAgainstDefaultRules", true,
                        "@aws-cdk/core:target-partitions", List.of("aws")))
                .build());
        EndpointImages.areIn(app, images);
        // Drafts first: the functions must find whom they are told of.
        Stream<Stack> drafts =
                deployment.allowedDrafts().stream().map(draft -> new DraftRegionStack(app, deployment, draft));
        List<Stack> stacks = Stream.concat(
                        drafts,
                        Stream.of(
                                new TargetRegionStack(app, deployment, packages),
                                new ObservabilityStack(app, deployment)))
                .toList();
        Aspects.of(app)
                .add(AwsSolutionsChecks.Builder.create()
                        .verbose(true)
                        .reports(false)
                        .build());
        return new WanSpecApp(app, stacks);
    }

    public List<Stack> stacks() {
        return stacks;
    }

    public App app() {
        return app;
    }
}
