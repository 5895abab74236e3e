package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.infra.local.DeployedPlaces.Place;
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
    private final DeployedPlaces places;
    private final Consumer<String> say;

    /**
     * @param home the WANSPEC_HOME, where it is noted in which accounts and regions there is something
     * @param say shows a line
     */
    public LocalDeployment(Deployment deployment, URI emulator, Path home, Consumer<String> say) {
        this.deployment = deployment;
        this.emulator = emulator;
        this.places = new DeployedPlaces(home, deployment.name());
        this.say = say;
    }

    /**
     * Deploys stacks that were synthesised, each when the one before it is there.
     *
     * @param out where their templates are
     * @return base of the API, with {@code /v1}
     */
    public URI up(List<Stack> stacks, Path out, LocalPlace place) throws IOException, InterruptedException {
        places.add(stacks.stream()
                .map(stack -> new Place(stack.getAccount(), stack.getRegion()))
                .toList());
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
        try (LocalAssets assets = new LocalAssets(account, deployment.name());
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
    public void down() throws IOException, InterruptedException {
        boolean found = false;
        for (LocalAccount account : accounts().reversed()) {
            try (LocalStacks stacks = new LocalStacks(account);
                    LocalAssets assets = new LocalAssets(account, deployment.name())) {
                for (String name : stacks.of(deployment.name())) {
                    found = true;
                    stacks.delete(name);
                    say.accept(name + " in " + account.region() + " of " + account.number() + ": deleted");
                }
                assets.remove();
            }
        }
        if (!found) {
            say.accept("There was no stack of " + deployment.name() + ".");
        }
        places.forget();
    }

    /** Where its stacks are to be, the target's last; before those where they were. */
    private List<LocalAccount> accounts() throws IOException {
        Stream<RegionSite> drafts = deployment.drafts().stream().map(DraftSite::site);
        List<LocalAccount> now = Stream.concat(
                        drafts, Stream.of(deployment.target().site()))
                .map(this::account)
                .toList();
        Stream<LocalAccount> before = places.all().stream()
                .map(place -> new LocalAccount(emulator, place.account(), place.region()))
                .filter(account -> !now.contains(account));
        return Stream.concat(before, now.stream()).distinct().toList();
    }

    private LocalAccount account(RegionSite site) {
        return new LocalAccount(emulator, site.account(), site.region());
    }
}
