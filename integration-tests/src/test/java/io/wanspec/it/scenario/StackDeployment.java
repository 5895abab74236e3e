package io.wanspec.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.it.lambda.FunctionZip;
import io.wanspec.it.lambda.GuardedTable;
import io.wanspec.it.lambda.LambdaTools;
import io.wanspec.it.lambda.ToyRegions;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.launch.LocalTable;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;

/**
 * What {@code ./wanspec deploy up --local} makes: the stacks in the emulator of AWS, and the functions' zips behind its API Gateway. The
 * models are toys.
 */
final class StackDeployment implements Deployment {
    private static final String HOME_ACCOUNT = "000000000000";
    private static final String HOME_REGION = "us-east-1";
    private static final List<String> FUNCTIONS = List.of("api", "worker", "sweeper", "authorizer");
    private static final Pattern ADDRESS = Pattern.compile("The API: (\\S+)/v1\\s");

    private final Path folder;
    private final DeployProgram program;
    private final ToyRegions regions;
    private final AwsEmulator aws;
    private final Map<String, String> before;
    private final TableKeyDesk desk;
    private final Map<String, GuardedTable> guards = new TreeMap<>();
    private @Nullable URI gateway;
    private KeyDesk.@Nullable Made first;

    private StackDeployment(Path folder) throws Exception {
        LambdaTools.adapter();
        FunctionZip.of("api");
        this.folder = folder;
        program = new DeployProgram(folder);
        regions = new ToyRegions();
        aws = AwsEmulator.start(SharedAwsEmulator.program(), 0, folder.resolve("aws.log"));
        LocalTable.note(new WanspecHome(folder), aws.endpoint(), regions.models());
        before = inventory();
        var store = new StoreSettings(
                HOME_REGION, aws.endpoint(), "it-local-sessions", Duration.ofHours(1), true, Duration.ofMillis(100));
        desk = new TableKeyDesk(store);
    }

    /** @param folder for whatever is written */
    static StackDeployment up(Path folder) throws Exception {
        StackDeployment made = new StackDeployment(folder);
        try {
            DeployProgram.Run run = made.apply("");
            assertThat(run.exitCode()).as(run.said()).isZero();
            made.gateway = address(run);
            made.guardTheTable();
            made.first = made.desk.make("first", KeyLimits.none(), PromptRegions.any());
            return made;
        } catch (Exception | AssertionError e) {
            made.close();
            throw e;
        }
    }

    /** As the schedule does, which the emulator does not keep. */
    String sweep() {
        try (var lambda = lambda()) {
            return lambda.invoke(call ->
                            call.functionName("it-local-sweeper").payload(SdkBytes.fromUtf8String("{\"id\": \"1\"}")))
                    .join()
                    .payload()
                    .asUtf8String();
        }
    }

    private LambdaAsyncClient lambda() {
        return new LocalAws(aws.endpoint(), HOME_REGION).client(LambdaAsyncClient.builder());
    }

    /** Each function finds its role's rights between itself and the table, until its stack changes. */
    private void guardTheTable() throws IOException {
        try (var lambda = lambda()) {
            for (String function : FUNCTIONS) {
                GuardedTable table = new GuardedTable(function, aws.endpoint());
                guards.put(function, table);
                String name = "it-local-" + function;
                Map<String, String> variables = new HashMap<>(lambda.getFunctionConfiguration(g -> g.functionName(name))
                        .join()
                        .environment()
                        .variables());
                variables.put(
                        "WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", table.endpoint().toString());
                lambda.updateFunctionConfiguration(u -> u.functionName(name).environment(e -> e.variables(variables)))
                        .join();
            }
        }
    }

    /** By function. */
    Map<String, GuardedTable> guards() {
        return guards;
    }

    /** Of the API that was deployed. */
    static URI address(DeployProgram.Run up) {
        Matcher address = ADDRESS.matcher(up.said());
        assertThat(address.find()).as(up.said()).isTrue();
        return URI.create(address.group(1));
    }

    /** The smallest deployment with a draft region, which is in another account. */
    static String settings(String more) {
        return """
                name: it
                profile: prod
                target:
                  account: "111111111111"
                  region: us-east-1
                  model: {image: 111111111111.dkr.ecr.us-east-1.amazonaws.com/it:1, files: s3://it-models/target.tar.gz}
                  instances: {type: ml.g6.xlarge, min: 1, max: 2}
                drafts:
                  - id: eu
                    account: "222222222222"
                    region: eu-west-1
                    model: {image: 222222222222.dkr.ecr.eu-west-1.amazonaws.com/it:1, files: s3://it-models/draft.tar.gz}
                    instances: {type: ml.g6.xlarge}
                api: {console: true}
                alarms: {emails: [it@example.com], monthly-usd: 100}
                """ + more;
    }

    /** Deploys again. */
    DeployProgram.Run apply(String moreSettings) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("wanspec.yaml"), settings(moreSettings));
        return program.run("up", "--local", "--settings", file.toString());
    }

    /** Takes down what was deployed, after the settings have moved the draft region to another. */
    DeployProgram.Run downAfterMove() throws IOException, InterruptedException {
        Path file =
                Files.writeString(folder.resolve("wanspec.yaml"), settings("").replace("eu-west-1", "eu-west-2"));
        return program.run("down", "--local", "--settings", file.toString());
    }

    /** @param key in the environment */
    DeployProgram.Run run(String key, String... arguments) throws IOException, InterruptedException {
        return program.run(Map.of("WANSPEC_KEY", key), arguments);
    }

    /** What there is in both accounts; and what there was before anything was deployed. */
    Map<String, String> inventory() throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>();
        Inventory.of(aws.endpoint(), HOME_ACCOUNT, HOME_REGION)
                .forEach((what, list) -> all.put("target " + what, list));
        Inventory.of(aws.endpoint(), "222222222222", "eu-west-1")
                .forEach((what, list) -> all.put("draft " + what, list));
        return all;
    }

    Map<String, String> before() {
        return before;
    }

    /** Processes of functions. */
    long functionProcesses() {
        return ProcessHandle.of(aws.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .count();
    }

    @Override
    public URI gateway() {
        return java.util.Objects.requireNonNull(gateway);
    }

    @Override
    public String model() {
        return ToyRegions.MODEL;
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(first).map(KeyDesk.Made::secret);
    }

    @Override
    public Optional<KeyDesk> keys() {
        return Optional.of(desk);
    }

    @Override
    public void close() {
        desk.close();
        aws.close();
        guards.values().forEach(GuardedTable::close);
        regions.close();
    }
}
