package io.wanspec.evaluation.demo;

import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.server.ModelServer;
import io.wanspec.endpoints.server.Role;
import io.wanspec.endpoints.server.ServerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The real model server with a {@link ToyModel}, as a program. */
public final class ToyServer {
    private ToyServer() {}

    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        List<String> options = Arrays.asList(arguments);
        Role role = Role.valueOf(options.get(options.indexOf("--role") + 1).toUpperCase(Locale.ROOT));
        int port = Integer.parseInt(options.get(options.indexOf("--port") + 1));
        ToyModel model = new ToyModel(role == Role.DRAFT);
        try (ModelServer server = ModelServer.listen(ServerSettings.of("127.0.0.1", port, role))) {
            server.ready(new Engine(model, Sequences.fresh(model), pace(options)));
            System.out.println("{\"event\":\"listening\",\"port\":" + server.port() + "}");
            while (System.in.read() >= 0) {
                // Until whoever started this is gone.
            }
        }
        System.exit(0);
    }

    private static MinimumPassTime pace(List<String> options) {
        int at = options.indexOf("--pace-pass-ms");
        return at < 0
                ? MinimumPassTime.none()
                : new MinimumPassTime(Double.parseDouble(options.get(at + 1)), Double.parseDouble(options.get(at + 3)));
    }
}
