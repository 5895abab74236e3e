package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Functions' packages and templates in S3, where the CDK's command would put them: a bucket for each account and region. */
final class LocalAssets implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final LocalAccount account;
    private final String deployment;
    private final String bucket;
    private final S3AsyncClient client;

    /** @param deployment its name */
    LocalAssets(LocalAccount account, String deployment) {
        this.account = account;
        this.deployment = deployment;
        this.bucket = "cdk-hnb659fds-assets-" + account.number() + "-" + account.region();
        this.client = account.client(S3AsyncClient.builder()
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED));
    }

    /** Where in the bucket the CDK's object of a deployment lies. */
    static String key(String deployment, String objectKey) {
        return deployment + "/" + objectKey;
    }

    /**
     * Puts there what a stack needs.
     *
     * @param manifest {@code STACK.assets.json}
     * @return the template's address
     */
    String upload(String stack, Path manifest, byte[] template) throws IOException {
        makeBucket();
        for (JsonNode file : MAPPER.readTree(manifest.toFile()).path("files")) {
            String source = file.at("/source/path").asText();
            if (source.endsWith(".zip")) {
                String key = file.path("destinations")
                        .elements()
                        .next()
                        .path("objectKey")
                        .asText();
                client.putObject(
                                put -> put.bucket(bucket).key(key(deployment, key)),
                                AsyncRequestBody.fromFile(manifest.resolveSibling(source)))
                        .join();
            }
        }
        String key = key(deployment, stack + ".template.json");
        client.putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromBytes(template))
                .join();
        return account.emulator() + "/" + bucket + "/" + key;
    }

    private void makeBucket() {
        try {
            client.createBucket(make -> make.bucket(bucket)).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof BucketAlreadyOwnedByYouException)) {
                throw e;
            }
        }
    }

    /** What was put there for this deployment; the bucket, too, if no other has anything in it. */
    void remove() {
        try {
            for (S3Object object : inBucket(key(deployment, ""))) {
                client.deleteObject(delete -> delete.bucket(bucket).key(object.key()))
                        .join();
            }
            if (inBucket("").isEmpty()) {
                client.deleteBucket(delete -> delete.bucket(bucket)).join();
            }
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof NoSuchBucketException)) {
                throw e;
            }
        }
    }

    private List<S3Object> inBucket(String prefix) {
        return client.listObjectsV2(list -> list.bucket(bucket).prefix(prefix))
                .join()
                .contents();
    }

    @Override
    public void close() {
        client.close();
    }
}
