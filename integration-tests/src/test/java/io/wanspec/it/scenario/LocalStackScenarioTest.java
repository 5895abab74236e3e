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
 * The scenarios with another emulator's table and queue: what holds on one alone may be that one's peculiarity. Needs Docker, and its
 * image; without Docker it is skipped and says so. {@code -Dwanspec.localstack=false} leaves it out.
 */
final class LocalStackScenarioTest extends ScenarioSuite {
    /** The last one that asks for no account: <a href="https://blog.localstack.cloud/the-road-ahead-for-localstack/">why</a>. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    @Override
    Deployment deploy() throws Exception {
        assumeTrue(
                Boolean.parseBoolean(System.getProperty("wanspec.localstack", "true")),
                "SKIPPED: LocalStack is left out by -Dwanspec.localstack");
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
