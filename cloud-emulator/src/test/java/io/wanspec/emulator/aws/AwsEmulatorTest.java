package io.wanspec.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;

@Timeout(300)
class AwsEmulatorTest {
    @TempDir
    private Path folder;

    @Test
    void tablesAndQueuesStartEmptyEachTimeOnTheSamePort() throws Exception {
        int port = FreePort.choose();
        for (int run = 0; run < 2; run++) {
            try (AwsEmulator aws = start(port);
                    DynamoDbClient tables = client(DynamoDbClient.builder(), aws.endpoint());
                    SqsClient queues = client(SqsClient.builder(), aws.endpoint())) {
                assertThat(aws.endpoint().getPort()).isEqualTo(port);
                assertThat(tables.listTables().tableNames()).isEmpty();
                createTable(tables);
                putIfAbsent(tables);
                assertThatThrownBy(() -> putIfAbsent(tables)).isInstanceOf(ConditionalCheckFailedException.class);
                assertThat(queues.listQueues().queueUrls()).isEmpty();
                assertThatAMessageArrives(queues);
                assertLoopbackOnly(aws.pid(), port);
            }
            assertClosed(port);
        }
    }

    @Test
    void choosesAFreePort() throws Exception {
        try (AwsEmulator one = start(0);
                AwsEmulator other = start(0)) {
            assertThat(one.endpoint().getPort())
                    .isPositive()
                    .isNotEqualTo(other.endpoint().getPort());
        }
    }

    @Test
    void aTakenPortIsToldAtOnce() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(AwsEmulatorException.class)
                    .isThrownBy(() -> start(taken.getLocalPort()))
                    .withMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(AwsEmulatorException.Kind.PORT_TAKEN));
        }
        assertNothingLeft();
    }

    @Test
    void closingLeavesNoProcessAndNoData() throws Exception {
        AwsEmulator aws = start(0);
        ProcessHandle process = ProcessHandle.of(aws.pid()).orElseThrow();
        aws.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(aws.isAlive()).isFalse();
        assertNothingLeft();
    }

    @Test
    void itsOwnDeathIsTold() throws Exception {
        try (AwsEmulator aws = start(0)) {
            ProcessHandle.of(aws.pid()).orElseThrow().destroyForcibly();
            assertThat(aws.onExit().join()).isEqualTo(137);
        }
        assertNothingLeft();
    }

    @Test
    void whatAProcessLeftThatWasKilledIsRemovedByTheNext() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path runs = folder.resolve("runs");
        Path left = Files.createDirectories(runs.resolve("run-" + gone.pid() + "-1/state"));
        Path anothers = Files.createDirectories(
                runs.resolve("run-" + ProcessHandle.current().pid() + "-1"));
        start(0).close();
        assertThat(left.getParent()).doesNotExist();
        assertThat(anothers).exists();
    }

    @Test
    void aDamagedProgramIsToldWithItsLog() throws Exception {
        AwsProgram empty = new AwsProgram(SharedAwsEmulator.program().python(), folder, folder.resolve("runs"));
        assertThatExceptionOfType(AwsEmulatorException.class)
                .isThrownBy(() -> AwsEmulator.start(empty, 0, folder.resolve("aws.log")))
                .withMessageContaining("No module named 'ministack'")
                .withMessageContaining("aws.log")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(AwsEmulatorException.Kind.START_FAILED));
        assertNothingLeft();
    }

    private AwsEmulator start(int port) throws AwsEmulatorException, InterruptedException {
        AwsProgram shared = SharedAwsEmulator.program();
        AwsProgram program = new AwsProgram(shared.python(), shared.site(), folder.resolve("runs"));
        return AwsEmulator.start(program, port, folder.resolve("aws.log"));
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example-secret")))
                .build();
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName("sessions")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static void putIfAbsent(DynamoDbClient client) {
        client.putItem(put -> put.tableName("sessions")
                .item(Map.of("id", AttributeValue.fromS("one")))
                .conditionExpression("attribute_not_exists(id)"));
    }

    private static void assertThatAMessageArrives(SqsClient client) {
        String url = client.createQueue(queue -> queue.queueName("jobs")).queueUrl();
        client.sendMessage(message -> message.queueUrl(url).messageBody("work"));
        assertThat(client.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5))
                        .messages())
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("work"));
    }

    private static void assertClosed(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    /** Neither on its port nor on another one: some emulated services open their own. */
    private static void assertLoopbackOnly(long pid, int port) throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
        if (Files.exists(Path.of("/proc/net/tcp"))) {
            assertThat(ListeningSockets.of(pid)).isNotEmpty().allMatch(ListeningSockets.Socket::isLoopback);
        }
    }
}
