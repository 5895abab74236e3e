package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A server that stops while it generates, links and calls under way: that is no trouble, and neither the SDK nor Netty complains. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class OrderlyStopTest {
    private static final int STREAMS = 4;
    private static final List<String> NETWORK = List.of("software.amazon.", "io.netty.");

    /** More: {@code -Dwanspec.stops=50}. */
    private static final int STOPS = Integer.getInteger("wanspec.stops", 1);

    @ParameterizedTest
    @ValueSource(strings = {"bidirectional", "invocations"})
    void nothingIsComplainedOf(String transport) throws Exception {
        for (int i = 0; i < STOPS; i++) {
            stop(transport);
        }
    }

    private static void stop(String transport) throws Exception {
        try (Stage stage = new Stage(Map.of("wanspec.target.transport", transport)).ready()) {
            stage.target.passMillis = 40;
            List<InputStream> streams = new ArrayList<>();
            for (String mode : List.of("wanspec", "colocated", "target-only")) {
                for (int i = 0; i < STREAMS; i++) {
                    streams.add(begun(stage, mode));
                }
            }
            List<String> complaints = complaints(stage.server::stop);
            for (InputStream stream : streams) {
                stream.close();
            }
            assertThat(complaints).isEmpty();
        }
    }

    private static InputStream begun(Stage stage, String mode) throws Exception {
        InputStream stream = stage.client
                .send(
                        stage.request("/v1/chat/completions", Asked.body(mode, 4_000, 1, true)),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
        assertThat(stream.read()).isPositive();
        return stream;
    }

    private static List<String> complaints(Runnable stop) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        root.addAppender(appender);
        try {
            stop.run();
        } finally {
            root.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(event -> NETWORK.stream().anyMatch(event.getLoggerName()::startsWith))
                // The SDK tells all streams of a connection's end, also one in which it has just opened or taken down
                // all that would
                // hear it.
                .filter(event -> !event.getLoggerName().endsWith("DefaultChannelPipeline"))
                // The machine is busy: its timers are late.
                .filter(event -> !event.getLoggerName().endsWith("Http2PingHandler"))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }
}
