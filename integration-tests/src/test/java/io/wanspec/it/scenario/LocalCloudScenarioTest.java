package io.wanspec.it.scenario;

import io.wanspec.it.TinyCloud;
import io.wanspec.local.launch.Pace;
import java.net.URI;
import java.util.Optional;

/** The scenarios on the local cloud, with the tables and queues of the emulator that comes with it. */
final class LocalCloudScenarioTest extends ScenarioSuite {
    @Override
    Deployment deploy() throws Exception {
        TinyCloud cloud = TinyCloud.start(20, 0, Pace.NONE);
        return new Deployment() {
            @Override
            public URI gateway() {
                return cloud.gateway();
            }

            @Override
            public String model() {
                return TinyCloud.MODEL;
            }

            @Override
            public Optional<String> key() {
                return Optional.empty();
            }

            @Override
            public void close() {
                cloud.close();
            }
        };
    }
}
