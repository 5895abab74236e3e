package io.wanspec.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.functions.WanSpecFunctions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The functions' API with the local cloud's settings, which come as JSON in a variable. Says where it listens, and ends with its
 * standard input.
 */
public final class ApiServer {
    /** The variable: an object of properties as in {@code application.yml}. */
    public static final String PROPERTIES = "WANSPEC_LOCAL_API";

    private static final JsonMapper MAPPER = new JsonMapper();

    private ApiServer() {}

    /** @param arguments {@code --port N}, 0 for a free one */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 2 || !arguments[0].equals("--port")) {
            System.err.println("usage: ApiServer --port N");
            System.exit(2);
        }
        EmbeddedServer server =
                start(Integer.parseInt(arguments[1]), System.getenv().getOrDefault(PROPERTIES, "{}"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-api"));
        System.out.println("{\"event\":\"listening\",\"port\":" + server.getPort() + "}");
        while (System.in.read() >= 0) {
            // Until whoever started this is gone.
        }
        System.exit(0);
    }

    private static EmbeddedServer start(int port, String properties) throws JsonProcessingException {
        Map<String, Object> all =
                new HashMap<>(MAPPER.readValue(properties, new TypeReference<Map<String, Object>>() {}));
        all.put("micronaut.server.host", "127.0.0.1");
        all.put("micronaut.server.port", port == 0 ? -1 : port);
        // The local services check none.
        var anybody = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        return WanSpecFunctions.start(all, anybody);
    }
}
