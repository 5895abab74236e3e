package io.wanspec.it.placement;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.emulator.wan.WanSettings;
import io.wanspec.endpoints.relay.RelayServer;
import io.wanspec.endpoints.relay.RelaySettings;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
import io.wanspec.functions.workers.WorkerScope;
import io.wanspec.functions.workers.WorkerToken;
import io.wanspec.functions.workers.WorkerTokens;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The API before a toy target; three draft regions, each a process behind a wide-area link of its own; and two sites with a worker each, a
 * process that dials a relay beside the target, over one link for both.
 */
final class FivePlaces implements AutoCloseable {
    static final String MODEL = "toy-target";
    static final List<String> REGIONS = List.of("ohio", "oregon", "ireland");
    static final List<String> SITES = List.of("campus", "office");
    private static final String KEY = "a key that nobody can guess, as we hope";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** Long enough that drafts pay from all places: a session that loses by them leaves them, and no place is late any more. */
    private static final int TARGET_PASS_MILLIS = 40;

    private static final int NEAREST_MS = 10;

    /** Sites are about as far as the second region. */
    private static final int SITES_MS = 20;

    private final SageMakerEmulator busyRegion = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final ToyContainer target =
            ToyContainer.of(new ToyTarget(ToyLanguage.identity(MODEL, 'a'), TARGET_PASS_MILLIS));
    private final List<RegionProcess> regions = new ArrayList<>();
    private final Map<String, WanLink> links = new LinkedHashMap<>();
    private final Map<String, SiteProcess> workers = new HashMap<>();
    private final Map<String, KeySecret> tokens = new HashMap<>();
    private final RelayServer relay;
    private final WanLink toRelay;
    private final EmbeddedServer server;

    FivePlaces() throws IOException {
        relay = RelayServer.listen(RelaySettings.of("127.0.0.1", 0), TicketSeal.of(KEY));
        busyRegion.endpoints().put("target", target.uri());
        busyRegion.endpoints().put("relay", URI.create("http://127.0.0.1:" + relay.port()));
        toRelay = WanLink.open(WanSettings.of(busyRegion.uri(), WanProfile.of(Duration.ofMillis(SITES_MS)), 99));
        List<Map<String, String>> places = new ArrayList<>();
        for (String name : REGIONS) {
            RegionProcess region = RegionProcess.start();
            regions.add(region);
            WanLink link = WanLink.open(WanSettings.of(region.uri(), usual(name), links.size()));
            links.put(name, link);
            places.add(place(name, RegionProcess.ENDPOINT, link.uri(), Map.of()));
        }
        for (String site : SITES) {
            places.add(place(
                    site,
                    "relay",
                    busyRegion.uri(),
                    Map.of("site", site, "site-prompts", "any", "region", "us-east-1")));
        }
        server = WanSpecFunctions.start(properties(places), CREDENTIALS);
        for (String site : SITES) {
            tokens.put(site, token(site));
            join(site);
        }
    }

    private static Map<String, String> place(String name, String endpoint, URI uri, Map<String, String> more) {
        Map<String, String> place = new HashMap<>(
                Map.of("id", name, "region", name, "endpoint", endpoint, "endpoint-override", uri.toString()));
        place.putAll(more);
        return place;
    }

    private Map<String, Object> properties(List<Map<String, String>> places) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", -1);
        properties.put("wanspec.target.region", "us-east-1");
        properties.put("wanspec.target.endpoint", "target");
        properties.put("wanspec.target.endpoint-override", busyRegion.uri().toString());
        properties.put("wanspec.workers", places);
        properties.put("wanspec.on-site.ticket-key", KEY);
        properties.put("wanspec.on-site.relay.region", "us-east-1");
        properties.put("wanspec.on-site.relay.endpoint", "relay");
        properties.put("wanspec.on-site.relay.endpoint-override", toRelay.uri().toString());
        properties.put("wanspec.sessions.table", freshTable());
        properties.put(
                "wanspec.sessions.endpoint-override",
                SharedAwsEmulator.endpoint().toString());
        return properties;
    }

    private static String freshTable() {
        String name = SharedAwsEmulator.freshName("places");
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), name, Duration.ofHours(1), false, Duration.ofSeconds(1));
        try (DynamoDbAsyncClient client = TableClient.of(settings, CREDENTIALS)) {
            TableSchema.createIfAbsent(client, name);
        }
        return name;
    }

    /** For workers that were killed, too: they stay on the roster for a while. */
    private KeySecret token(String site) {
        KeySecret secret = KeySecret.draw(RANDOM);
        AccessKey key = new AccessKey(
                secret.id(),
                secret.hash(),
                "test",
                secret.id(),
                Set.of(Scope.WORKER),
                KeyLimits.none(),
                PromptRegions.any(),
                Instant.parse("2026-11-01T12:00:00Z"),
                Optional.empty(),
                Optional.empty());
        new WorkerTokens(server.getApplicationContext().getBean(Table.class))
                .create(new WorkerToken(
                        key, new WorkerScope(site, WorkerScope.SLOTS_MAX, WorkerScope.WORKERS_MAX, Set.of())));
        return secret;
    }

    /** The nearest of them first. */
    private static WanProfile usual(String region) {
        return WanProfile.of(Duration.ofMillis(NEAREST_MS * (REGIONS.indexOf(region) + 1L)));
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One place is slowed to 30 to 200 ms, cut off, held up, or comes back; or a worker is killed, or joins again. */
    void disturb(Random random) throws IOException, InterruptedException {
        int chosen = random.nextInt(REGIONS.size() + SITES.size() + 1);
        if (chosen < REGIONS.size()) {
            disturb(REGIONS.get(chosen), random);
        } else if (chosen > REGIONS.size()) {
            killOrJoin(SITES.get(chosen - REGIONS.size() - 1));
        } else if (random.nextInt(3) == 0) {
            healSites();
        } else {
            toRelay.setRtt(slow(random));
        }
    }

    private void disturb(String region, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> link(region).cut();
            case 1 -> link(region).stall();
            case 2 -> heal(region);
            default -> link(region).setRtt(slow(random));
        }
    }

    private static Duration slow(Random random) {
        return Duration.ofMillis(30 + random.nextInt(171));
    }

    private void killOrJoin(String site) throws IOException, InterruptedException {
        if (isThere(site)) {
            kill(site);
        } else {
            join(site);
        }
    }

    boolean isThere(String site) {
        SiteProcess worker = workers.get(site);
        return worker != null && worker.isAlive();
    }

    void kill(String site) throws InterruptedException {
        SiteProcess worker = workers.remove(site);
        if (worker != null) {
            worker.kill();
        }
    }

    /** A fresh process, which finds its own way. */
    void join(String site) throws IOException {
        workers.put(
                site,
                SiteProcess.start(
                        api(), tokens.getOrDefault(site, KeySecret.draw(RANDOM)).reveal()));
    }

    WanLink link(String region) {
        return Objects.requireNonNull(links.get(region));
    }

    /** As in the beginning. */
    void healAll() throws IOException {
        REGIONS.forEach(this::heal);
        healSites();
        for (String site : SITES) {
            if (!isThere(site)) {
                join(site);
            }
        }
    }

    void heal(String region) {
        WanLink link = link(region);
        link.heal();
        link.resume();
        link.profile(usual(region));
    }

    void slowSites() {
        toRelay.setRtt(Duration.ofMillis(200));
    }

    private void healSites() {
        toRelay.profile(WanProfile.of(Duration.ofMillis(SITES_MS)));
    }

    @Override
    public void close() {
        workers.values().forEach(SiteProcess::close);
        REGIONS.forEach(this::heal);
        server.stop();
        toRelay.close();
        links.values().forEach(WanLink::close);
        regions.forEach(RegionProcess::close);
        relay.close();
        busyRegion.close();
        target.close();
    }
}
