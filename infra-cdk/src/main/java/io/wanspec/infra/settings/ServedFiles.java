package io.wanspec.infra.settings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves.
 *
 * @param image of the model server: its URI in ECR, in the endpoint's region; {@link #BUILD}: made of this checkout when it is deployed
 * @param files {@code model.tar.gz} in S3, in the endpoint's region; absent: it has no model
 */
public record ServedFiles(String image, @Nullable String files, Device device) {
    public static final String BUILD = "build";

    public boolean isBuilt() {
        return image.equals(BUILD);
    }

    /** Of those that are there, as IAM names the object {@code s3://bucket/key}. */
    public String filesArn() {
        return "arn:aws:s3:::" + Objects.requireNonNull(files).substring("s3://".length());
    }

    /** @param field that names the image */
    void requireNear(String field, String region) {
        if (!isBuilt() && !imageRegion().equals(region)) {
            throw new IllegalArgumentException(field + " lies in " + imageRegion()
                    + ", and SageMaker takes images of its own region " + region + " only. Copy it there");
        }
    }

    /** Of one that is given, {@code account.dkr.ecr.region.amazonaws.com/name:tag}, the ARN. */
    public String repositoryArn() {
        String[] host = image.substring(0, image.indexOf('/')).split("\\.", -1);
        String name = image.substring(image.indexOf('/') + 1).replaceAll("[:@].*$", "");
        return "arn:aws:ecr:" + host[3] + ":" + host[0] + ":repository/" + name;
    }

    /** Of one that is given. */
    String imageRegion() {
        return image.split("\\.", -1)[3];
    }
}
