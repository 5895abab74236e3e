package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * In which accounts and regions a deployment may have something, as each {@code up} notes it before it begins: settings say where it is to
 * be now, not where it was.
 */
final class DeployedPlaces {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;

    /**
     * @param home the WANSPEC_HOME
     * @param deployment its name
     */
    DeployedPlaces(Path home, String deployment) {
        this.file = home.resolve("local-deployments").resolve(deployment + ".json");
    }

    /** An account in a region. */
    record Place(String account, String region) {}

    /** Those of every {@code up} since the last {@code down}, oldest first. */
    List<Place> all() throws IOException {
        List<Place> places = new ArrayList<>();
        try {
            for (JsonNode place : MAPPER.readTree(Files.readAllBytes(file))) {
                places.add(new Place(
                        place.required("account").asText(),
                        place.required("region").asText()));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + " does not say where the deployment is: " + e.getMessage(), e);
        }
        return places;
    }

    void add(List<Place> more) throws IOException {
        ArrayNode noted = MAPPER.createArrayNode();
        Stream.concat(all().stream(), more.stream())
                .distinct()
                .forEach(place ->
                        noted.addObject().put("account", place.account()).put("region", place.region()));
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, MAPPER.writeValueAsBytes(noted));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** When there is nothing left anywhere. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
