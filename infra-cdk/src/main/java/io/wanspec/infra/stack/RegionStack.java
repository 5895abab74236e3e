package io.wanspec.infra.stack;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.RegionSite;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** A stack whose account and region are settled, made without asking AWS about either. */
public abstract class RegionStack extends Stack {
    private static final int ZONES = 2;

    /** @param kind ends the stack's name */
    protected RegionStack(Construct scope, Deployment deployment, RegionSite site, String kind, String what) {
        super(
                scope,
                kind,
                StackProps.builder()
                        .stackName(deployment.name() + "-" + kind)
                        .description("WANSpec: " + what)
                        .env(Environment.builder()
                                .account(site.account())
                                .region(site.region())
                                .build())
                        .terminationProtection(deployment.profile().keepsData())
                        .tags(Map.of("wanspec", deployment.name()))
                        .build());
    }

    /** The region's first ones, whatever they are called; the default would ask AWS, and synthesis is to work offline. */
    @Override
    public List<String> getAvailabilityZones() {
        return java.util.stream.IntStream.range(0, ZONES)
                .mapToObj(i -> Fn.select(i, Fn.getAzs()))
                .toList();
    }
}
