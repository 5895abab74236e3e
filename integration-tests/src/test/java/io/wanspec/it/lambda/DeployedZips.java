package io.wanspec.it.lambda;

import io.wanspec.local.functions.LocalAws;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Functions' zips as functions of the AWS emulator. */
final class DeployedZips implements AutoCloseable {
    private static final String HANDLERS = "io.wanspec.functions.lambda.";

    /** For a function that is a server: nothing calls a handler. */
    static final String NO_HANDLER = "none";

    final LambdaAsyncClient lambda;

    DeployedZips(URI emulator, String region) {
        lambda = new LocalAws(emulator, region).client(LambdaAsyncClient.builder());
    }

    /** @param handler a class's simple name, or {@link #NO_HANDLER} */
    void create(String name, String handler, Map<String, String> settings, Duration limit) throws IOException {
        byte[] zip = Files.readAllBytes(FunctionZip.of(name));
        lambda.createFunction(function -> function.functionName(name)
                        .runtime(Runtime.PROVIDED_AL2023)
                        .role("arn:aws:iam::000000000000:role/" + name)
                        .handler(handler.equals(NO_HANDLER) ? handler : HANDLERS + handler)
                        .code(code -> code.zipFile(SdkBytes.fromByteArrayUnsafe(zip)))
                        .environment(environment -> environment.variables(settings))
                        .memorySize(512)
                        .timeout(Math.toIntExact(limit.toSeconds())))
                .join();
    }

    @Override
    public void close() {
        lambda.close();
    }
}
