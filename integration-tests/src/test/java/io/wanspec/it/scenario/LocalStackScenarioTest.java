package io.wanspec.it.scenario;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The scenarios with another emulator's table and queue: what holds on one alone may be that one's peculiarity. Only on request, by
 * {@code -Dwanspec.localstack=true}: its image brings a part under its vendor's own terms (docs/licences), and such a part is fetched by
 * nobody who has not asked for it. Needs Docker.
 */
final class LocalStackScenarioTest extends ScenarioSuite {
    /** The last one that asks for no account: <a href="https://blog.localstack.cloud/the-road-ahead-for-localstack/">why</a>. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    @Override
    Deployment deploy() throws Exception {
        assumeTrue(
                Boolean.getBoolean("wanspec.localstack"),
                "SKIPPED: LocalStack's image carries DynamoDB Local, which is under Amazon's own terms, so that it is fetched on"
                        + " request only: -Dwanspec.localstack=true");
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "SKIPPED: no Docker answers here, so that nothing is known of LocalStack (" + IMAGE + ")");
        // The deployment closes it.
        var container = new LocalStackContainer(IMAGE).withServices("dynamodb", "sqs");
        try {
            container.start();
            URI endpoint = container.getEndpoint();
            assumeTrue(
                    InetAddress.getByName(endpoint.getHost()).isLoopbackAddress(),
                    "SKIPPED: Docker runs on another machine, and prompts leave this one encrypted only");
            return new EmulatedDeployment(endpoint, container.getRegion(), container);
        } catch (ContainerFetchException e) {
            container.close();
            return abort("SKIPPED: Docker answers, but cannot fetch LocalStack (" + IMAGE + ")");
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }
}
