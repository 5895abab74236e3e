package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ./wanspec up} notes of the cloud that it runs, in {@code local-cloud.json}: this program does not have that one's
 * classes, which would bring the inference engine along.
 *
 * @param emulator of AWS
 */
public record CloudNote(URI emulator, LocalEndpoints models) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The folder that the note lies in: {@code WANSPEC_HOME}, else {@code .wanspec} in the user's home. */
    public static Path home(Map<String, String> environment, String userHome) {
        String set = environment.getOrDefault("WANSPEC_HOME", "");
        return (set.isBlank() ? Path.of(userHome, ".wanspec") : Path.of(set)).toAbsolutePath();
    }

    /** Of the cloud that runs now; absent if none does. */
    public static Optional<CloudNote> find(Path home) {
        try {
            JsonNode note = MAPPER.readTree(Files.readAllBytes(home.resolve("local-cloud.json")));
            return isAlive(note.path("pid").asLong()) ? Optional.of(of(note)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CloudNote of(JsonNode note) {
        JsonNode models = note.path("models");
        return new CloudNote(
                URI.create(note.path("endpoint").asText()),
                new LocalEndpoints(
                        URI.create(models.path("busy").asText()),
                        URI.create(models.path("draft").asText()),
                        models.path("targetName").asText(),
                        models.path("draftName").asText()));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
