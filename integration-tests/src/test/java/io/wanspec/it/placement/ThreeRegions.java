package io.wanspec.it.placement;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.emulator.wan.WanSettings;
import io.wanspec.functions.WanSpecFunctions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The API before a toy target, and three draft regions, each a process behind a wide-area link of its own. */
final class ThreeRegions implements AutoCloseable {
    static final String MODEL = "toy-target";
    private static final List<String> NAMES = List.of("ohio", "oregon", "ireland");
    private static final int TARGET_PASS_MILLIS = 12;
    private static final int NEAREST_MS = 10;

    private final SageMakerEmulator busyRegion = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final ToyContainer target =
            ToyContainer.of(new ToyTarget(ToyLanguage.identity(MODEL, 'a'), TARGET_PASS_MILLIS));
    private final List<RegionProcess> regions = new ArrayList<>();
    private final List<WanLink> links = new ArrayList<>();
    private final EmbeddedServer server;

    ThreeRegions() throws IOException {
        busyRegion.endpoints().put("target", target.uri());
        List<Map<String, String>> workers = new ArrayList<>();
        for (String name : NAMES) {
            RegionProcess region = RegionProcess.start();
            regions.add(region);
            WanLink link = WanLink.open(WanSettings.of(region.uri(), usual(links.size()), links.size()));
            links.add(link);
            workers.add(Map.of(
                    "id",
                    name,
                    "region",
                    name,
                    "endpoint",
                    RegionProcess.ENDPOINT,
                    "endpoint-override",
                    link.uri().toString()));
        }
        server = WanSpecFunctions.start(
                Map.of(
                        "micronaut.server.port",
                        -1,
                        "wanspec.target.region",
                        "us-east-1",
                        "wanspec.target.endpoint",
                        "target",
                        "wanspec.target.endpoint-override",
                        busyRegion.uri().toString(),
                        "wanspec.workers",
                        workers),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    /** The nearest of them first. */
    private static WanProfile usual(int region) {
        return WanProfile.of(Duration.ofMillis(NEAREST_MS * (region + 1L)));
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One region is slowed to 30 to 200 ms, cut off, held up, or comes back. */
    void disturb(Random random) {
        int region = random.nextInt(links.size());
        switch (random.nextInt(5)) {
            case 0 -> links.get(region).cut();
            case 1 -> links.get(region).stall();
            case 2 -> heal(region);
            default -> links.get(region).setRtt(Duration.ofMillis(30 + random.nextInt(171)));
        }
    }

    void healAll() {
        for (int region = 0; region < links.size(); region++) {
            heal(region);
        }
    }

    private void heal(int region) {
        WanLink link = links.get(region);
        link.heal();
        link.resume();
        link.profile(usual(region));
    }

    @Override
    public void close() {
        healAll();
        server.stop();
        links.forEach(WanLink::close);
        regions.forEach(RegionProcess::close);
        busyRegion.close();
        target.close();
    }
}
