package io.wanspec.evaluation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.launch.LocalCloudStarter;
import io.wanspec.local.launch.LocalNetwork;
import io.wanspec.local.launch.Pace;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration with everything real but the models. */
final class DemoAcrossTheNetworkTest {
    @TempDir
    private Path folder;

    @Test
    void the_three_modes_agree_across_the_network() throws Exception {
        WanspecHome home = new WanspecHome(folder.resolve("home"));
        Path toy = Files.createDirectory(folder.resolve("toy"));
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        JavaProgram program = JavaProgram.ofThisProcess(ToyServer.class.getName());
        LocalCloudStarter starter = new LocalCloudStarter(home, models, LocalNetwork::start, program, System.getenv());
        CloudSettings settings = new CloudSettings(20, 0, 0, Pace.REFERENCE, toy.toString(), toy.toString());
        try (Cloud cloud = starter.start(settings, LaunchProgress.NONE);
                ChatClient client = new ChatClient(cloud.gateway(), Duration.ofMinutes(1))) {
            Comparison comparison = new Demo(client, new Quiet()).run(request());
            assertThat(comparison.identical()).isTrue();
            assertThat(comparison.wanspec().ledger().tokens()).isEqualTo(64);
        }
    }

    private static ChatRequest request() {
        return new ChatRequest("toy", "Why?", 64, 0.8, 1, OptionalLong.of(42), Speculation.of(Goal.ECONOMY));
    }

    private static final class Quiet implements Demo.Listener {
        @Override
        public void warmingUp(Mode mode) {}

        @Override
        public void began(Mode mode) {}

        @Override
        public void text(Mode mode, String piece) {}

        @Override
        public void ended(Run run) {}
    }
}
