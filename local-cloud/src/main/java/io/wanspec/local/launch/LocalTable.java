package io.wanspec.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.local.functions.SessionsTable;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the table of the running local cloud is: noted in {@code WANSPEC_HOME} for other commands. Of several clouds that run the
 * last started is noted.
 *
 * @param pid of the process that runs the cloud: a note that outlived it is none
 * @param models of the same cloud
 */
public record LocalTable(String name, String region, URI endpoint, long pid, LocalModels models) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Notes the table of a cloud that this process runs. */
    public static LocalTable note(WanspecHome home, URI endpoint, LocalModels models) throws IOException {
        var table = new LocalTable(
                SessionsTable.NAME,
                LocalApi.BUSY_REGION,
                endpoint,
                ProcessHandle.current().pid(),
                models);
        Files.createDirectories(home.root());
        Path part = Files.createTempFile(home.root(), "local-cloud", ".part");
        MAPPER.writeValue(part.toFile(), table);
        Files.move(part, file(home), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return table;
    }

    /** The table of the cloud that runs now, if one does. */
    public static Optional<LocalTable> find(WanspecHome home) {
        try {
            JsonNode note = MAPPER.readTree(Files.readAllBytes(file(home)));
            var table = new LocalTable(
                    note.path("name").asText(),
                    note.path("region").asText(),
                    URI.create(note.path("endpoint").asText()),
                    note.path("pid").asLong(),
                    LocalModels.of(note.path("models")));
            return Optional.of(table).filter(LocalTable::isAlive);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes the note back, unless another cloud has written its own over it. */
    void forget(WanspecHome home) {
        if (find(home).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(file(home));
            } catch (IOException e) {
                // It names a process that is about to end, and counts for nothing then.
            }
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Path file(WanspecHome home) {
        return home.root().resolve("local-cloud.json");
    }
}
