package io.wanspec.it;

import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.launch.LocalCloudStarter;
import io.wanspec.local.launch.LocalNetwork;
import io.wanspec.local.launch.LocalTable;
import io.wanspec.local.launch.Network;
import io.wanspec.local.launch.Pace;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The local cloud as a user starts it, with tiny models: the same processes, wires and code. */
public final class TinyCloud implements AutoCloseable {
    public static final String MODEL = "tiny-target";
    static final String DRAFT = "tiny-draft";
    private static final long SEED = 7;

    /** A draft that is right about two times in three. */
    private static final double NOISE = 0.1;

    private static @Nullable TinyCloud shared;

    private final Cloud cloud;
    private final Network network;
    private final Pace pace;

    private TinyCloud(Cloud cloud, Network network, Pace pace) {
        this.cloud = cloud;
        this.network = network;
        this.pace = pace;
    }

    public static TinyCloud start(double rttMs, double jitterMs, Pace pace) throws Exception {
        return start(local(), rttMs, jitterMs, pace, false);
    }

    /** One whose API asks for keys; they are made in the table that {@link LocalTable} finds. */
    public static TinyCloud startRequiringKeys(double rttMs) throws Exception {
        return start(local(), rttMs, 0, Pace.NONE, true);
    }

    /** One that workers on site may join. */
    public static TinyCloud startOnSite(double rttMs) throws Exception {
        return start(local(), settings(rttMs, 0, Pace.NONE, false).withWorkersOnSite());
    }

    /**
     * One that all tests of this JVM use that want such a pace, one after the other: a start takes longer than most of them. It is
     * theirs until another is asked for, and comes back whole where they killed a part of it; it ends with the JVM.
     */
    static synchronized TinyCloud shared(double rttMs, double jitterMs, Pace pace) throws Exception {
        TinyCloud running = shared;
        if (running != null && !running.pace.equals(pace)) {
            shared = null;
            running.close();
            running = null;
        }
        if (running == null) {
            running = start(rttMs, jitterMs, pace);
            shared = running;
        }
        ((LocalNetwork) running.network).distance(rttMs, jitterMs);
        running.awaitWhole();
        return running;
    }

    /** A look at the servers may be as old as the pause: the second one knows. */
    private void awaitWhole() throws Exception {
        Http http = new Http(gateway());
        int well = 0;
        for (int i = 0; i < 200 && well < 2; i++) {
            well = http.get("/healthz").path("status").asText().equals("ok") ? well + 1 : 0;
            Thread.sleep(600);
        }
        if (well < 2) {
            throw new AssertionError("a cloud that tests share is not whole: " + http.get("/healthz"));
        }
    }

    private static Network.Starter local() throws IOException {
        WanspecHome home = new WanspecHome(TestHome.folder());
        return LocalNetwork.starter(AwsEmulatorStore.at(home.awsEmulator(), System.getenv()), home);
    }

    /** Where it is noted. */
    public static Path home() throws IOException {
        return TestHome.folder();
    }

    /** Its table. */
    public static LocalTable table() throws IOException {
        return LocalTable.find(new WanspecHome(TestHome.folder())).orElseThrow();
    }

    /** The model servers of the local cloud in another network. */
    static TinyCloud start(Network network) throws Exception {
        return start(settings -> network, 0, 0, Pace.NONE, false);
    }

    private static TinyCloud start(
            Network.Starter network, double rttMs, double jitterMs, Pace pace, boolean requireKeys) throws Exception {
        return start(network, settings(rttMs, jitterMs, pace, requireKeys));
    }

    /** Of its target, or its draft. */
    static Path model(String name) throws IOException {
        return TestHome.folder().resolve("models").resolve(name);
    }

    private static CloudSettings settings(double rttMs, double jitterMs, Pace pace, boolean requireKeys)
            throws IOException {
        Path target = TinyModel.writeTarget(model(MODEL), SEED);
        Path draft = TinyModel.writeDraft(model(DRAFT), SEED, NOISE);
        return new CloudSettings(rttMs, jitterMs, 0, pace, target.toString(), draft.toString(), requireKeys);
    }

    private static TinyCloud start(Network.Starter networks, CloudSettings settings) throws Exception {
        AtomicReference<Network> opened = new AtomicReference<>();
        Network.Starter network = asked -> {
            Network one = networks.open(asked);
            opened.set(one);
            return one;
        };
        Path folder = TestHome.folder();
        WanspecHome home = new WanspecHome(folder);
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        LocalCloudStarter starter =
                new LocalCloudStarter(home, models, network, JavaProgram.modelServer(), System.getenv());
        Cloud cloud = starter.start(settings, LaunchProgress.NONE);
        return new TinyCloud(cloud, Objects.requireNonNull(opened.get()), settings.pace());
    }

    public URI gateway() {
        return cloud.gateway();
    }

    /** A process of it: {@code target}, {@code busy-draft}, {@code remote-draft}, {@code api}. */
    public ProcessHandle process(String name) {
        Pattern line = Pattern.compile(Pattern.quote(name) + ": .*\\(process (\\d+)\\)");
        return cloud.addresses().stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(matcher ->
                        ProcessHandle.of(Long.parseLong(matcher.group(1))).orElseThrow())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + name + " in " + cloud.addresses()));
    }

    /** The emulator of DynamoDB and SQS. */
    URI aws() {
        return cloud.addresses().stream()
                .filter(line -> line.startsWith("DynamoDB, SQS: "))
                .map(line -> URI.create(line.split(" ", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
