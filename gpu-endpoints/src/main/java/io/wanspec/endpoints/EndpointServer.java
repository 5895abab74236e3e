package io.wanspec.endpoints;

import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Pace;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.server.ModelServer;
import io.wanspec.endpoints.server.ServerSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The model server's main class: listens, loads the model, says so on standard output, serves until told to stop. */
@Command(
        name = "endpoint-server",
        mixinStandardHelpOptions = true,
        description = "Serves a model as a WANSpec target or draft behind the SageMaker container contract.")
public final class EndpointServer implements Callable<Integer> {
    private static final int CANNOT_START = 1;

    private final ModelSource source;

    @Mixin
    private final EndpointOptions options = new EndpointOptions();

    EndpointServer(ModelSource source) {
        this.source = source;
    }

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "endpoint-logback.xml");
        }
        System.exit(run(ModelSource.files(), args));
    }

    /** @return the exit status */
    static int run(ModelSource source, String... args) {
        return new CommandLine(new EndpointServer(source))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        Lifetime lifetime = new Lifetime();
        if (options.exitWithParent()) {
            lifetime.endWithStandardInput();
        }
        try {
            ServerSettings settings = options.server();
            Pace pace = options.pace();
            try {
                serve(settings, pace, lifetime);
            } finally {
                lifetime.ended();
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("endpoint-server: " + e.getMessage());
            return CANNOT_START;
        }
    }

    private void serve(ServerSettings settings, Pace pace, Lifetime lifetime) throws IOException, InterruptedException {
        ModelServer server = ModelServer.listen(settings);
        LanguageModel model = null;
        try {
            model = source.load(options);
            server.ready(new Engine(model, ModelSource.sequences(model, options), pace));
            System.out.println(Announcement.of(
                    server.port(), settings.role(), model.identity().name(), pace));
            System.out.flush();
            lifetime.await();
        } finally {
            // In this order: the compute thread must be done with the model before it is closed.
            server.close();
            if (model != null) {
                model.close();
            }
        }
    }
}
