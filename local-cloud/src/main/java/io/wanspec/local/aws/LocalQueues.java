package io.wanspec.local.aws;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ: SQS's API over queues in memory, with FIFO queues, dead letters, batches and long polls. */
public final class LocalQueues implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(10);

    /** Quiet, and without threads or hooks that would keep or outlive the JVM. */
    private static final String ACTORS = """
            pekko.loglevel = "ERROR"
            pekko.stdout-loglevel = "OFF"
            pekko.daemonic = on
            pekko.jvm-shutdown-hooks = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """;

    private final ActorSystem actors;
    private final SQSRestServer server;
    private final URI endpoint;

    private LocalQueues(ActorSystem actors, SQSRestServer server, URI endpoint) {
        this.actors = actors;
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Starts with no queues; takes about 3 s the first time in a JVM.
     *
     * @param port TCP port, 0 for a free one
     * @throws IllegalStateException if it could not be started, for one because the port is taken
     */
    public static LocalQueues start(int port) {
        // ElasticMQ leaves actors of its own running when it cannot bind; these are ours to stop.
        ActorSystem actors = ActorSystem.create(
                "wanspec-queues", ConfigFactory.parseString(ACTORS).withFallback(ConfigFactory.load()));
        try {
            SQSRestServer server = SQSRestServerBuilder.withActorSystem(actors)
                    .withInterface(LOOPBACK)
                    .withPort(port)
                    .start();
            int bound = server.waitUntilStarted().localAddress().getPort();
            return new LocalQueues(actors, server, URI.create("http://" + LOOPBACK + ":" + bound));
        } catch (RuntimeException e) {
            stop(actors);
            throw new IllegalStateException("ElasticMQ did not start on port " + port, e);
        }
    }

    /** The endpoint override for SQS clients. */
    public URI endpoint() {
        return endpoint;
    }

    /** Stops the server and forgets every queue. */
    @Override
    public void close() {
        server.stopAndWait();
        stop(actors);
    }

    private static void stop(ActorSystem actors) {
        var _ = actors.terminate();
        actors.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(STOP_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
