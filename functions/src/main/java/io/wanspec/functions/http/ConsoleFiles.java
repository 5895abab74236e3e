package io.wanspec.functions.http;

import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the console's page, as they came with this build. What is not named here is not there. */
final class ConsoleFiles {
    static final String PAGE = "index.html";

    /** All names: so no path of a request ever becomes one of a file. */
    static final List<String> NAMES = List.of(
            PAGE,
            "api.js",
            "answer.js",
            "console.css",
            "console.js",
            "d3.LICENSE",
            "d3.min.js",
            "icon.svg",
            "ledger.js",
            "places.js",
            "plot.LICENSE",
            "plot.umd.min.js",
            "recents.js",
            "request.js",
            "theme.js",
            "timeline.css",
            "timeline.js");

    private static final String FOLDER = "/io/wanspec/console/";
    private static final int TAG_BYTES = 16;

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.of("text/html; charset=utf-8"),
            "css", MediaType.of("text/css; charset=utf-8"),
            "js", MediaType.of("text/javascript; charset=utf-8"),
            "svg", MediaType.of("image/svg+xml"),
            "LICENSE", MediaType.of("text/plain; charset=utf-8"));

    private final Map<String, ConsoleFile> read = new ConcurrentHashMap<>();

    Optional<ConsoleFile> find(String name) {
        return NAMES.contains(name) ? Optional.of(read.computeIfAbsent(name, ConsoleFiles::read)) : Optional.empty();
    }

    private static ConsoleFile read(String name) {
        try (InputStream file = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("this build has no " + FOLDER + name);
            }
            byte[] bytes = file.readAllBytes();
            return new ConsoleFile(name, type(name), bytes, tag(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MediaType type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(ending, MediaType.APPLICATION_OCTET_STREAM_TYPE);
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "W/\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
