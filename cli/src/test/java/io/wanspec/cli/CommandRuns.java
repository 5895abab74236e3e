package io.wanspec.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs commands beside a cloud that others have started, and keeps what the last one printed. */
final class CommandRuns {
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** @param folder the commands' home */
    CommandRuns(Path folder) {
        this.folder = folder;
    }

    /** As a running cloud notes it; the AWS emulator is its table and queues. */
    void aCloudRuns(String table, String region) throws IOException {
        Files.writeString(
                folder.resolve("local-cloud.json"),
                new JsonMapper()
                        .writeValueAsString(Map.of(
                                "name",
                                table,
                                "region",
                                region,
                                "endpoint",
                                SharedAwsEmulator.endpoint().toString(),
                                "pid",
                                ProcessHandle.current().pid())));
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of());
        WanspecHome home = new WanspecHome(folder);
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        var context = new CliContext(console, home, models, (settings, progress) -> {
            throw new AssertionError("no cloud is started");
        });
        return new WanspecCli(context, new CountDownLatch(0)).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
