package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/** Endpoints of other accounts and of sites, with STS and Secrets Manager of the emulator. */
@Timeout(60)
class PlaceAccessTest {
    private static final AwsCredentialsProvider OWN =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "local"));
    private static final EndpointAccess ROLE = new EndpointAccess.Role("arn:aws:iam::222222222222:role/caller");

    private final URI aws = SharedAwsEmulator.endpoint();
    private final PlaceAccess access = new PlaceAccess(OWN, aws);
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private HttpServer site;

    private record Seen(String authorization, String secret) {}

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", this::answer);
        site.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(new Seen(
                String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                String.valueOf(exchange.getRequestHeaders().getFirst(SecretScheme.HEADER))));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @AfterEach
    void close() {
        site.stop(0);
        access.close();
    }

    @Test
    void aRoleIsTakenOnceAndIsOfItsAccount() {
        AwsCredentialsProvider role = access.credentials(ROLE, "eu-west-1");
        try (StsAsyncClient sts = StsAsyncClient.builder()
                .endpointOverride(aws)
                .region(Region.EU_WEST_1)
                .credentialsProvider(role)
                .build()) {
            assertThat(sts.getCallerIdentity().join().account()).isEqualTo("222222222222");
        }
        assertThat(role.resolveCredentials()).isSameAs(role.resolveCredentials());
        assertThat(access.credentials(ROLE, "eu-west-1")).isSameAs(role);
        assertThat(access.credentials(new EndpointAccess.Own(), "eu-west-1")).isSameAs(OWN);
    }

    @Test
    void anEndpointOfAnotherAccountIsCalledWithWhatItsRoleGives() throws InterruptedException {
        Seen call = call(access, ROLE);
        assertThat(call.authorization())
                .contains("Credential="
                        + access.credentials(ROLE, "eu-west-1")
                                .resolveCredentials()
                                .accessKeyId())
                .doesNotContain("111111111111");
        assertThat(call.secret()).isEqualTo("null");
    }

    @Test
    void aSiteIsShownItsSecretBesideTheSignature() throws InterruptedException {
        Seen call = call(new EndpointAccess.Secret(made("site's own\n")));
        assertThat(call.secret()).isEqualTo("site's own");
        assertThat(call.authorization()).contains("Credential=111111111111").doesNotContain(SecretScheme.HEADER);
    }

    @Test
    void aSecretThatCannotBeReadFailsTheCallAndIsNotSaid() {
        assertThatThrownBy(() -> call(new EndpointAccess.Secret(made("two\nlines"))))
                .isInstanceOf(CompletionException.class)
                .hasMessageNotContaining("two")
                .hasMessageContaining("not one line");
        assertThatThrownBy(() -> call(
                        new EndpointAccess.Secret("arn:aws:secretsmanager:us-east-1:111111111111:secret:none-AbCdEf")))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("cannot be read: ResourceNotFoundException");
        assertThat(seen).isEmpty();
    }

    private String made(String value) {
        try (SecretsManagerAsyncClient secrets = SecretsManagerAsyncClient.builder()
                .endpointOverride(aws)
                .region(Region.US_EAST_1)
                .credentialsProvider(OWN)
                .build()) {
            return secrets.createSecret(make ->
                            make.name(SharedAwsEmulator.freshName("site")).secretString(value))
                    .join()
                    .arn();
        }
    }

    /** With an access of its own, which is closed after it. */
    private Seen call(EndpointAccess as) throws InterruptedException {
        return call(new PlaceAccess(OWN, aws), as);
    }

    private Seen call(PlaceAccess access, EndpointAccess as) throws InterruptedException {
        var address = new EndpointAddress(
                "eu-west-1",
                "draft",
                URI.create("http://127.0.0.1:" + site.getAddress().getPort()),
                LinkTransport.AUTO,
                as);
        try (SageMakerClients clients = new SageMakerClients(access, 1, Duration.ofSeconds(5))) {
            clients.unary(address)
                    .invokeEndpoint(ask -> ask.endpointName("draft").body(SdkBytes.fromUtf8String("{}")))
                    .join();
        }
        return seen.take();
    }
}
