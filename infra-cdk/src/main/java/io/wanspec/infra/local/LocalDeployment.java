package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import io.wanspec.infra.settings.RegionSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;

/** A deployment in the emulator of AWS of a local cloud: the same stacks, by CloudFormation, in the same order. */
public final class LocalDeployment {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REST_API = "AWS::ApiGateway::RestApi";

    private final Deployment deployment;
    private final URI emulator;
    private final Consumer<String> say;

    /** @param say shows a line */
    public LocalDeployment(Deployment deployment, URI emulator, Consumer<String> say) {
        this.deployment = deployment;
        this.emulator = emulator;
        this.say = say;
    }

    /**
     * Deploys stacks that were synthesised, each when the one before it is there.
     *
     * @param out where their templates are
     * @return base of the API, with {@code /v1}
     */
    public URI up(List<Stack> stacks, Path out, LocalPlace place) throws IOException, InterruptedException {
        for (Stack stack : stacks) {
            LocalAccount account = new LocalAccount(emulator, stack.getAccount(), stack.getRegion());
            StackChange change = apply(stack, account, out, place);
            say.accept(stack.getStackName() + " in " + account.region() + " of " + account.number() + ": "
                    + change.name().toLowerCase(java.util.Locale.ROOT));
        }
        return base();
    }

    private StackChange apply(Stack stack, LocalAccount account, Path out, LocalPlace place)
            throws IOException, InterruptedException {
        Path synthesised = out.resolve(stack.getTemplateFile());
        ObjectNode template = LocalTemplate.of((ObjectNode) MAPPER.readTree(synthesised.toFile()), place);
        try (LocalAssets assets = new LocalAssets(account);
                LocalStacks known = new LocalStacks(account)) {
            Path manifest = out.resolve(stack.getArtifactId() + ".assets.json");
            String address = assets.upload(stack.getStackName(), manifest, MAPPER.writeValueAsBytes(template));
            return known.apply(stack.getStackName(), address, deployment.name());
        }
    }

    private URI base() {
        RegionSite site = deployment.target().site();
        try (LocalStacks stacks = new LocalStacks(account(site))) {
            String api =
                    stacks.physicalIds(deployment.name() + "-target", REST_API).getFirst();
            return emulator.resolve("/_aws/execute-api/" + api + "/live/v1");
        }
    }

    /** Takes every stack of the deployment down, whatever its settings have become, and what was put into S3 for it. */
    public void down() throws InterruptedException {
        for (LocalAccount account : accounts().reversed()) {
            try (LocalStacks stacks = new LocalStacks(account);
                    LocalAssets assets = new LocalAssets(account)) {
                for (String name : stacks.of(deployment.name())) {
                    stacks.delete(name);
                    say.accept(name + " in " + account.region() + " of " + account.number() + ": deleted");
                }
                assets.remove();
            }
        }
    }

    private List<LocalAccount> accounts() {
        Stream<RegionSite> drafts = deployment.drafts().stream().map(DraftSite::site);
        return Stream.concat(drafts, Stream.of(deployment.target().site()))
                .map(this::account)
                .distinct()
                .toList();
    }

    private LocalAccount account(RegionSite site) {
        return new LocalAccount(emulator, site.account(), site.region());
    }
}
