package io.wanspec.it.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.ApiClient;
import io.wanspec.it.http.EventReader;
import io.wanspec.it.http.ServerEvent;
import io.wanspec.it.http.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client that streams one response, keeps what it was sent, and comes back for the rest. */
final class Streamed {
    /** A table that does not answer for seconds, on a busy machine, breaks streams off, or makes the server say 503. */
    private static final int ASKS_MAX = 20;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ObjectNode request;
    private final String key;
    private final List<ServerEvent> seen = new CopyOnWriteArrayList<>();
    private int asks;

    /** @param key under which the request may be sent again */
    Streamed(ObjectNode request, String key) {
        this.request = request;
        this.key = key;
    }

    ObjectNode request() {
        return request;
    }

    String key() {
        return key;
    }

    /** Reads until the stream ends, well or not, or leaves it when there are so many events. */
    void begin(ApiClient api, int most) throws InterruptedException {
        try (EventReader events = api.stream("/v1/responses", request, key)) {
            read(events, most);
        } catch (IOException broken) {
            // What was sent so far has been kept.
        }
    }

    /** Goes on behind the last event, or asks once more if there was none, until it has the whole. */
    void goOn(ApiClient api) throws IOException, InterruptedException {
        while (!isWhole() && asks < ASKS_MAX) {
            if (asks > 0) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            asks++;
            try {
                goOn(api, Integer.MAX_VALUE);
            } catch (UnavailableException busy) {
                // It says so itself: the same may be asked again.
            }
        }
    }

    /** How often it had to ask to get the whole from whoever was left; once, unless the machine is busy. */
    int asks() {
        return asks;
    }

    /** As far as it comes: whoever serves may be lost. */
    void goOnWhilePossible(ApiClient api, int most) throws InterruptedException {
        try {
            goOn(api, most);
        } catch (IOException broken) {
            // What was sent so far has been kept.
        }
    }

    private void goOn(ApiClient api, int most) throws IOException, InterruptedException {
        if (seen.isEmpty()) {
            try (EventReader events = api.stream("/v1/responses", request, key)) {
                read(events, most);
            }
        } else if (!isWhole()) {
            String id = seen.getFirst().data().at("/response/id").asText();
            try (EventReader events = api.stream("/v1/responses/" + id + "?stream=true&starting_after="
                    + seen.getLast().number())) {
                read(events, most);
            }
        }
    }

    private void read(EventReader events, int most) throws IOException {
        for (Optional<ServerEvent> event = next(events, most); event.isPresent(); event = next(events, most)) {
            seen.add(event.get());
        }
    }

    private Optional<ServerEvent> next(EventReader events, int most) throws IOException {
        return seen.size() < most ? events.next() : Optional.empty();
    }

    boolean isWhole() {
        return !seen.isEmpty()
                && List.of("response.completed", "response.incomplete")
                        .contains(seen.getLast().type());
    }

    int events() {
        return seen.size();
    }

    /** What must not depend on who served: number, kind and text of each event. */
    List<String> story() {
        return seen.stream()
                .map(event -> event.number() + " " + event.type() + " " + event.delta())
                .toList();
    }
}
