package io.wanspec.evaluation.loadbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.demo.DemoLedgers;
import io.wanspec.evaluation.demo.FakeGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoadClientTest {
    private static final Question QUESTION =
            new Question(0, new ChatRequest("t", "Why?", 32, 0, 1, OptionalLong.of(1), Speculation.targetOnly()));

    @Test
    void reads_a_whole_answer_as_it_comes() throws Exception {
        var heard = new AtomicInteger();
        try (FakeGateway gateway = new FakeGateway();
                LoadClient client = new LoadClient(gateway.uri())) {
            Answered answered =
                    client.ask(QUESTION, OptionalInt.empty(), inSeconds(30), () -> false, heard::incrementAndGet);
            assertThat(answered.end()).isEqualTo(new Answered.End.Whole(DemoLedgers.targetOnly(), DemoLedgers.TEXT));
            assertThat(answered.arrivals().parts().stream()
                            .mapToInt(TextArrivals.Part::characters)
                            .sum())
                    .isEqualTo(DemoLedgers.TEXT.length());
            assertThat(heard).hasPositiveValue();
        }
    }

    @Test
    void leaves_in_mid_stream_when_it_is_to() throws Exception {
        var gone = new CountDownLatch(1);
        try (Streams streams = new Streams(exchange -> streamUntilGone(exchange, gone));
                LoadClient client = new LoadClient(streams.uri())) {
            Answered answered = client.ask(QUESTION, OptionalInt.of(3), inSeconds(30), () -> false, () -> {});
            assertThat(answered.end()).isInstanceOf(Answered.End.Left.class);
            assertThat(answered.failure()).isEmpty();
            gone.await();
        }
    }

    @Test
    void tries_again_later_where_it_is_told_to() throws Exception {
        var asked = new AtomicInteger();
        try (Streams full = new Streams(exchange -> {
                    boolean isFirst = asked.incrementAndGet() == 1;
                    exchange.getResponseHeaders().set(isFirst ? "Retry-After" : "Location", isFirst ? "0" : "/");
                    exchange.sendResponseHeaders(isFirst ? 429 : 400, -1);
                });
                LoadClient client = new LoadClient(full.uri())) {
            Answered answered = client.ask(QUESTION, OptionalInt.empty(), inSeconds(30), () -> false, () -> {});
            assertThat(answered.refused()).isOne();
            assertThat(answered.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("400"));
        }
    }

    @Test
    void gives_up_trying_when_it_is_over() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadClient client = new LoadClient(gateway.uri())) {
            gateway.refuseWith(429);
            Answered answered = client.ask(QUESTION, OptionalInt.empty(), inSeconds(30), () -> true, () -> {});
            assertThat(answered.end()).isInstanceOf(Answered.End.NotLetIn.class);
            assertThat(answered.refused()).isOne();
        }
    }

    @Test
    void tells_why_it_failed() throws Exception {
        try (FakeGateway gateway = new FakeGateway();
                LoadClient client = new LoadClient(gateway.uri())) {
            gateway.endWith("data: {\"error\":{\"message\":\"the target is gone\"}}\n\n");
            assertThat(client.ask(QUESTION, OptionalInt.empty(), inSeconds(30), () -> false, () -> {})
                            .failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("the target is gone"));
            gateway.refuseWith(400);
            assertThat(client.ask(QUESTION, OptionalInt.empty(), inSeconds(30), () -> false, () -> {})
                            .failure())
                    .hasValue("the gateway answered 400: temperature must be at most 2");
        }
    }

    @Test
    void does_not_wait_for_ever() throws Exception {
        var gone = new CountDownLatch(1);
        try (Streams streams = new Streams(exchange -> streamUntilGone(exchange, gone));
                LoadClient client = new LoadClient(streams.uri())) {
            long soon = System.nanoTime() + Duration.ofMillis(200).toNanos();
            Answered answered = client.ask(QUESTION, OptionalInt.empty(), soon, () -> false, () -> {});
            assertThat(answered.failure()).hasValue("no end of the answer by the end of the measurement");
            gone.await();
        }
    }

    /** Text without an end, until nobody takes it. */
    private static void streamUntilGone(HttpExchange exchange, CountDownLatch gone) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (true) {
                exchange.getResponseBody()
                        .write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
                                .getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                Thread.sleep(Duration.ofMillis(1));
            }
        } catch (IOException left) {
            gone.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    /** A server that answers every chat in one way. */
    private static final class Streams implements AutoCloseable {
        private interface Answering {
            void answer(HttpExchange exchange) throws IOException;
        }

        private final HttpServer server;

        Streams(Answering answering) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/v1/chat/completions", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    answering.answer(exchange);
                }
            });
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
