package io.wanspec.it.lambda;

import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.local.launch.LocalModels;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Models for functions to call: a target and a draft that cost nothing, behind SageMaker's wire protocols. */
public final class ToyRegions implements AutoCloseable {
    public static final String MODEL = "toy-target";

    final ToyTarget target = new ToyTarget(ToyLanguage.identity(MODEL, 'a'), 2);
    private final ToyContainer targetContainer = ToyContainer.of(target);
    private final ToyContainer draftContainer =
            ToyContainer.of(new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1));
    private final SageMakerEmulator sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));

    public ToyRegions() {
        sageMaker.endpoints().put("target", targetContainer.uri());
        sageMaker.endpoints().put("remote", draftContainer.uri());
    }

    /** The same settings for a server in this process. */
    public static Map<String, Object> properties(Map<String, String> environment) {
        Map<String, Object> properties = new HashMap<>();
        environment.forEach((name, value) -> properties.put(propertyOf(name), value));
        properties.put("micronaut.server.port", -1);
        return properties;
    }

    private static String propertyOf(String variable) {
        return variable.toLowerCase(Locale.ROOT)
                .replaceFirst("_", ".")
                .replaceFirst("(target|sessions|jobs|access)_", "$1.")
                .replace('_', '-');
    }

    /** The same as what a local cloud notes of its models. */
    public LocalModels models() {
        return new LocalModels(sageMaker.uri(), sageMaker.uri(), "target", "remote");
    }

    /** A function's settings. */
    public Map<String, String> environment() {
        String uri = sageMaker.uri().toString();
        Map<String, String> all = new HashMap<>();
        all.put("WANSPEC_JAVA_HOME", System.getProperty("java.home"));
        all.put("WANSPEC_JAVA_OPTIONS", "-Xmx256m");
        all.put("WANSPEC_TARGET_REGION", "us-east-1");
        all.put("WANSPEC_TARGET_ENDPOINT", "target");
        all.put("WANSPEC_TARGET_ENDPOINT_OVERRIDE", uri);
        all.put(
                "WANSPEC_WORKERS",
                "[{\"id\": \"eu\", \"region\": \"eu-west-1\", \"endpoint\": \"remote\", \"endpoint-override\": \"" + uri
                        + "\"}]");
        return all;
    }

    /** From now on nobody answers at the target's endpoint. */
    void loseTarget() {
        sageMaker.endpoints().outOfService("target");
    }

    @Override
    public void close() {
        sageMaker.close();
        targetContainer.close();
        draftContainer.close();
    }
}
