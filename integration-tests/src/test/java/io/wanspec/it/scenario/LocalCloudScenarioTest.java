package io.wanspec.it.scenario;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.it.TinyCloud;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The scenarios on the local cloud, which asks for keys, with the tables and queues of the emulator that comes with it. */
final class LocalCloudScenarioTest extends ScenarioSuite {
    @Override
    Deployment deploy() throws Exception {
        TinyCloud cloud = TinyCloud.startRequiringKeys(20);
        TableKeyDesk desk = new TableKeyDesk(TinyCloud.table());
        String first = desk.make("first", KeyLimits.none(), PromptRegions.any()).secret();
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
                return Optional.of(first);
            }

            @Override
            public Optional<KeyDesk> keys() {
                return Optional.of(desk);
            }

            @Override
            public boolean killFunction() throws Exception {
                ProcessHandle api = cloud.process("api");
                api.destroyForcibly();
                api.onExit().get(1, TimeUnit.MINUTES);
                return true;
            }

            @Override
            public void close() {
                desk.close();
                cloud.close();
            }
        };
    }
}
