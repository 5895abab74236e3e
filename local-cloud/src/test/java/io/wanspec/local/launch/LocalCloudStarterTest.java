package io.wanspec.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.FakeServer;
import io.wanspec.local.process.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real processes that only pretend to be model servers. */
final class LocalCloudStarterTest {
    @TempDir
    private Path folder;

    private final List<Network.ModelServers> connected = Collections.synchronizedList(new ArrayList<>());
    private final List<URI> served = Collections.synchronizedList(new ArrayList<>());
    private final List<ProcessHandle> before = children();
    private WanspecHome home;
    private Path model;

    @BeforeEach
    void start() throws IOException {
        home = new WanspecHome(folder.resolve("home"));
        model = Files.createDirectory(folder.resolve("a-model"));
    }

    @Test
    void starts_three_servers_connects_them_and_stops_them() throws Exception {
        List<ProcessHandle> processes;
        try (Cloud cloud = starter(FakeServer.class.getName()).start(settings(model), LaunchProgress.NONE)) {
            assertThat(cloud.gateway()).isEqualTo(URI.create("http://127.0.0.1:1"));
            assertThat(cloud.addresses()).hasSize(4).anyMatch(line -> line.startsWith("busy-draft: http://127.0.0.1:"));
            assertThat(cloud.cores()).isNotBlank();
            processes = cloud.addresses().stream()
                    .filter(line -> line.contains("(process "))
                    .map(line -> line.replaceAll(".*\\(process (\\d+)\\)", "$1"))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            assertThat(processes).hasSize(3).allMatch(ProcessHandle::isAlive);
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(connected)
                .singleElement()
                .satisfies(servers -> assertThat(List.of(servers.target(), servers.busyDraft(), servers.remoteDraft()))
                        .doesNotHaveDuplicates());
    }

    @Test
    void serves_with_the_target_alone_until_the_drafts_take_part() throws Exception {
        CountDownLatch let = new CountDownLatch(1);
        try (Cloud cloud =
                starter(FakeServer.class.getName(), _ -> holding(let)).serve(settings(model), LaunchProgress.NONE)) {
            assertThat(served).hasSize(1);
            assertThat(cloud.whole()).isNotDone();
            assertThat(connected).isEmpty();
            let.countDown();
            cloud.whole().get(1, TimeUnit.MINUTES);
            assertThat(cloud.modelServers()).hasSize(3).containsValues(served.getFirst());
            assertThat(connected)
                    .singleElement()
                    .satisfies(servers -> assertThat(servers.target()).isEqualTo(served.getFirst()));
            assertThat(cloud.failure()).isNotDone();
        }
        assertThat(children()).isSubsetOf(before);
    }

    @Test
    void closed_before_the_drafts_take_part_it_leaves_nothing_behind() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Cloud cloud =
                starter(FakeServer.class.getName(), _ -> holding(never)).serve(settings(model), LaunchProgress.NONE);
        cloud.close();
        assertThat(children()).isSubsetOf(before);
        assertThat(cloud.whole()).isNotDone();
        assertThat(cloud.failure()).isNotDone();
    }

    @Test
    void drafts_that_cannot_take_part_are_told() throws Exception {
        FakeNetwork failing = new FakeNetwork() {
            @Override
            public void connect(ModelServers servers) throws IOException {
                throw new IOException("not every endpoint is ready");
            }
        };
        try (Cloud cloud =
                starter(FakeServer.class.getName(), _ -> failing).serve(settings(model), LaunchProgress.NONE)) {
            assertThat(cloud.failure().get(1, TimeUnit.MINUTES)).isEqualTo("not every endpoint is ready");
            assertThat(cloud.whole()).isNotDone();
        }
        assertThat(children()).isSubsetOf(before);
    }

    private FakeNetwork holding(CountDownLatch let) {
        return new FakeNetwork() {
            @Override
            public void connect(ModelServers servers) throws IOException, InterruptedException {
                let.await();
                super.connect(servers);
            }
        };
    }

    @Test
    void leaves_nothing_behind_when_the_network_fails() {
        FakeNetwork failing = new FakeNetwork() {
            @Override
            public void connect(ModelServers servers) throws IOException {
                throw new IOException("not every endpoint is ready");
            }
        };
        LocalCloudStarter starter = starter(FakeServer.class.getName(), _ -> failing);
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> starter.start(settings(model), LaunchProgress.NONE))
                .withMessage("not every endpoint is ready")
                .satisfies(e -> assertThat(e.isModelMissing()).isFalse());
        assertThat(children()).isSubsetOf(before);
    }

    @Test
    void a_taken_port_is_told_before_anything_starts() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AwsEmulatorStore nowhere = AwsEmulatorStore.at(folder.resolve("aws"), Map.of());
            LocalCloudStarter starter = starter("unused", LocalNetwork.starter(nowhere, home));
            var settings = new CloudSettings(30, 0, taken.getLocalPort(), Pace.NONE, "no-such-model", model.toString());
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(() -> starter.start(settings, LaunchProgress.NONE))
                    .withMessageContaining("port " + taken.getLocalPort() + " is taken")
                    .withMessageContaining("--port")
                    .withMessageContaining("nothing was started");
        }
    }

    @Test
    void leaves_nothing_behind_when_a_server_fails() {
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> starter("no.such.Server").start(settings(model), LaunchProgress.NONE))
                .withMessageContaining("target did not start")
                .withMessageContaining("ClassNotFoundException");
        assertThat(children()).isSubsetOf(before);
    }

    @Test
    void a_missing_model_is_told_apart() {
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> starter("unused").start(settings(folder.resolve("none")), LaunchProgress.NONE))
                .satisfies(e -> assertThat(e.isModelMissing()).isTrue());
    }

    @Test
    void a_path_names_a_model_by_its_last_part() {
        assertThat(settings(Path.of("/models/llama/")).targetName()).isEqualTo("llama");
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private CloudSettings settings(Path target) {
        return new CloudSettings(30, 0, 0, Pace.NONE, target.toString(), model.toString());
    }

    private LocalCloudStarter starter(String mainClass) {
        return starter(mainClass, _ -> new FakeNetwork());
    }

    private LocalCloudStarter starter(String mainClass, Network.Starter network) {
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        return new LocalCloudStarter(home, models, network, JavaProgram.ofThisProcess(mainClass), System.getenv());
    }

    private class FakeNetwork implements Network {
        @Override
        public void fetch(LaunchProgress progress) {}

        @Override
        public void start(Supervisor supervisor) {}

        @Override
        public void serve(URI target) {
            served.add(target);
        }

        @Override
        public void connect(ModelServers servers) throws IOException, InterruptedException {
            connected.add(servers);
        }

        @Override
        public URI gateway() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public List<String> addresses() {
            return List.of("gateway: http://127.0.0.1:1");
        }

        @Override
        public void close() {}
    }
}
