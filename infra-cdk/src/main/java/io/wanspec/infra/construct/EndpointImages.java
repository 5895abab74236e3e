package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.ecr.assets.DockerImageAsset;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.constructs.Construct;

/** What model servers' images are built of where the settings say {@code image: build}: noted in the tree of constructs. */
public final class EndpointImages {
    private static final String CONTEXT = "wanspec:images";

    private EndpointImages() {}

    /** @param folder in which there are {@code image} and {@code image-gpu}, as {@code tools/package-endpoint} leaves them */
    public static void areIn(Construct app, Path folder) {
        app.getNode().setContext(CONTEXT, folder.toAbsolutePath().toString());
    }

    /** Its content names the image, so that Docker is needed by whoever deploys, and not by whoever synthesises. */
    static DockerImageAsset of(Construct scope, String id, Device device) {
        Path context = Path.of(String.valueOf(scope.getNode().tryGetContext(CONTEXT)))
                .resolve(device == Device.GPU ? "image-gpu" : "image");
        String dockerfile = "Dockerfile." + device.word();
        if (!Files.isRegularFile(context.resolve(dockerfile))) {
            throw new IllegalArgumentException("what the image is built of, " + context + ", is not there. Make it: "
                    + "tools/package-endpoint" + (device == Device.GPU ? " --gpu" : ""));
        }
        return DockerImageAsset.Builder.create(scope, id)
                .directory(context.toString())
                .file(dockerfile)
                .platform(Platform.LINUX_AMD64)
                .build();
    }
}
