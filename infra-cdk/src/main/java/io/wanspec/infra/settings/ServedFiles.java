package io.wanspec.infra.settings;

/**
 * What an endpoint serves.
 *
 * @param image of the model server: its URI in ECR, in the endpoint's region; {@link #BUILD}: made of this checkout when it is deployed
 * @param files {@code model.tar.gz} in S3, in the endpoint's region
 */
public record ServedFiles(String image, String files, Device device) {
    public static final String BUILD = "build";

    public boolean isBuilt() {
        return image.equals(BUILD);
    }

    /** Of {@code s3://bucket/key}. */
    public String bucket() {
        return files.substring(5, files.indexOf('/', 5));
    }

    public String key() {
        return files.substring(files.indexOf('/', 5) + 1);
    }

    /** Of one that is given, {@code account.dkr.ecr.region.amazonaws.com/name:tag}, the ARN. */
    public String repositoryArn() {
        String[] host = image.substring(0, image.indexOf('/')).split("\\.", -1);
        String name = image.substring(image.indexOf('/') + 1).replaceAll("[:@].*$", "");
        return "arn:aws:ecr:" + host[3] + ":" + host[0] + ":repository/" + name;
    }

    /** Of one that is given. */
    public String imageRegion() {
        return image.split("\\.", -1)[3];
    }
}
