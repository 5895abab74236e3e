package io.wanspec.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

@Timeout(120)
class LocalAwsTest {
    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example-secret")))
                .build();
    }

    @Test
    void tablesStartEmptyEachTimeOnTheSamePort() throws Exception {
        int port = freePort();
        for (int run = 0; run < 2; run++) {
            try (LocalTables tables = LocalTables.start(port);
                    DynamoDbClient client = client(DynamoDbClient.builder(), tables.endpoint())) {
                assertThat(client.listTables().tableNames()).isEmpty();
                createTable(client);
                putIfAbsent(client);
                assertThatThrownBy(() -> putIfAbsent(client)).isInstanceOf(ConditionalCheckFailedException.class);
                assertLoopbackOnly(port);
            }
            assertClosed(port);
        }
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

    @Test
    void queuesStartEmptyEachTimeOnTheSamePort() throws Exception {
        int port = freePort();
        for (int run = 0; run < 2; run++) {
            try (LocalQueues queues = LocalQueues.start(port);
                    SqsClient client = client(SqsClient.builder(), queues.endpoint())) {
                assertThat(client.listQueues().queueUrls()).isEmpty();
                String url =
                        client.createQueue(queue -> queue.queueName("jobs")).queueUrl();
                client.sendMessage(message -> message.queueUrl(url).messageBody("work"));
                assertThat(client.receiveMessage(
                                        receive -> receive.queueUrl(url).waitTimeSeconds(5))
                                .messages())
                        .singleElement()
                        .satisfies(message -> assertThat(message.body()).isEqualTo("work"));
                assertLoopbackOnly(port);
            }
            assertClosed(port);
        }
    }

    @Test
    void choosesAFreePort() {
        try (LocalTables tables = LocalTables.start(0);
                LocalQueues queues = LocalQueues.start(0)) {
            assertThat(tables.endpoint().getPort())
                    .isPositive()
                    .isNotEqualTo(queues.endpoint().getPort());
        }
    }

    @Test
    void aTakenPortIsAnError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalTables.start(taken.getLocalPort())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> LocalQueues.start(taken.getLocalPort())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closingLeavesNoThreads() throws Exception {
        // The first start also starts what the libraries keep for the JVM's life.
        startAndStop();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        startAndStop();
        long begin = System.nanoTime();
        List<String> left = newThreads(before);
        while (!left.isEmpty() && System.nanoTime() - begin < 20_000_000_000L) {
            Thread.sleep(50);
            left = newThreads(before);
        }
        assertThat(left).isEmpty();
    }

    /** Without those of the JVM's own pool, which come and go as anybody uses it. */
    private static List<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool.commonPool"))
                .collect(Collectors.toList());
    }

    private static void startAndStop() {
        LocalTables.start(0).close();
        LocalQueues.start(0).close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertClosed(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private static void assertLoopbackOnly(int port) throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
    }
}
