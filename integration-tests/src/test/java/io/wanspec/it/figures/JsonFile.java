package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files of the repository. */
final class JsonFile {
    /** Tests run in the module's folder. */
    static final Path ROOT = Path.of("..");

    private static final JsonMapper JSON = new JsonMapper();

    private JsonFile() {}

    /** @param path from the repository's root */
    static JsonNode read(String path) {
        try {
            return JSON.readTree(Files.readString(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
