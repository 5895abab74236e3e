package io.wanspec.it.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream of server-sent events one by one; closing it early is what a client that leaves does. */
public final class EventReader implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";

    private final BufferedReader lines;

    public EventReader(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event, or none at the stream's end. */
    public Optional<ServerEvent> next() throws IOException {
        String type = "";
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.startsWith(EVENT)) {
                type = line.substring(EVENT.length());
            } else if (line.startsWith(DATA) && !line.equals("data: [DONE]")) {
                return Optional.of(new ServerEvent(type, MAPPER.readTree(line.substring(DATA.length()))));
            }
        }
        return Optional.empty();
    }

    public List<ServerEvent> rest() throws IOException {
        List<ServerEvent> events = new ArrayList<>();
        for (Optional<ServerEvent> event = next(); event.isPresent(); event = next()) {
            events.add(event.get());
        }
        return events;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
