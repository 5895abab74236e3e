package io.wanspec.functions;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.settings.AccessSettings;
import io.wanspec.functions.settings.ConsoleSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Starts the functions: as a process of its own, or inside another one. */
public final class WanSpecFunctions {
    private WanSpecFunctions() {}

    public static void main(String[] args) {
        EmbeddedServer server = start(Map.of(), null);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    }

    /**
     * Starts a server, which its {@code close} or {@code stop} ends with everything that belongs to it.
     *
     * @param properties as in {@code application.yml}; they win over the environment. {@code micronaut.server.port} -1 takes
     *     a free port, which {@link EmbeddedServer#getPort()} tells
     * @param credentials for the AWS clients; absent: the SDK's default chain
     * @throws RuntimeException if the configuration is wrong or the port is taken
     */
    public static EmbeddedServer start(Map<String, Object> properties, @Nullable AwsCredentialsProvider credentials) {
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(properties);
        if (credentials != null) {
            builder.singletons(credentials);
        }
        ApplicationContext context = builder.start();
        try {
            // Shakes hands with the endpoints while the server starts, and finds mistakes in the configuration now.
            context.getBean(AccessSettings.class);
            context.getBean(ConsoleSettings.class);
            context.getBean(Endpoints.class);
            return context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }
}
