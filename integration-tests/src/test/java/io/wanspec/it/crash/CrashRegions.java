package io.wanspec.it.crash;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyModel;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that functions need around them: toy models behind SageMaker, and a table of their own. They outlive the functions. */
final class CrashRegions implements AutoCloseable {
    static final String MODEL = "toy-target";
    private static final String REGION = "us-east-1";
    private static final int PASS_MILLIS = 8;

    private final SageMakerEmulator sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final List<ToyContainer> containers = new ArrayList<>();
    private final String table = SharedAwsEmulator.freshName("crash");

    CrashRegions() {
        serve("target", new ToyTarget(ToyLanguage.identity(MODEL, 'a'), PASS_MILLIS));
        serve("draft", new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1));
        SessionsTable.make(new LocalAws(SharedAwsEmulator.endpoint(), REGION), table);
    }

    private void serve(String endpoint, ToyModel model) {
        ToyContainer container = ToyContainer.of(model);
        containers.add(container);
        sageMaker.endpoints().put(endpoint, container.uri());
    }

    /** Of a function, as in {@code application.yml}. */
    Map<String, Object> properties() {
        String uri = sageMaker.uri().toString();
        Map<String, Object> properties = new HashMap<>();
        properties.put("wanspec.target.region", REGION);
        properties.put("wanspec.target.endpoint", "target");
        properties.put("wanspec.target.endpoint-override", uri);
        properties.put(
                "wanspec.workers",
                List.of(Map.of("id", "remote", "region", "eu-west-1", "endpoint", "draft", "endpoint-override", uri)));
        properties.put("wanspec.sessions.table", table);
        properties.put(
                "wanspec.sessions.endpoint-override",
                SharedAwsEmulator.endpoint().toString());
        properties.put("wanspec.sessions.checkpoint-interval", "50ms");
        return properties;
    }

    @Override
    public void close() {
        sageMaker.close();
        containers.forEach(ToyContainer::close);
    }
}
