package io.wanspec.endpoints;

import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.EngineSettings;
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
        System.exit(RelayProgram.isAskedFor(args) ? RelayProgram.run(args) : run(ModelSource.files(), args));
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
            serve(lifetime);
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("endpoint-server: " + e.getMessage());
            return CANNOT_START;
        } finally {
            lifetime.ended();
        }
    }

    private void serve(Lifetime lifetime) throws IOException, InterruptedException {
        // Whatever is wrong with the arguments is said before anything is opened.
        ServerSettings settings = options.server();
        MinimumPassTime pace = options.pace();
        EngineSettings engine = options.engine();
        int sequencesMax = options.sequences();
        ModelServer server = ModelServer.listen(settings);
        try (LanguageModel model = source.load(options);
                // Closed first: the compute thread must be done with the model before that is closed.
                ModelServer serving = server) {
            Sequences sequences = new SequencePool(model, engine.cacheBytesMax(), sequencesMax, engine.cacheBytesMax());
            serving.ready(new Engine(model, sequences, pace));
            System.out.println(Announcement.of(
                    serving.port(), settings.role(), model.identity().name(), pace));
            System.out.flush();
            lifetime.await();
        } finally {
            server.close();
        }
    }
}
