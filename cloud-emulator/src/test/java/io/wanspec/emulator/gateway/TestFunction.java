package io.wanspec.emulator.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A functions' server whose paths behave in different ways. */
final class TestFunction implements AutoCloseable {
    /** Pieces that {@code /sse} may send: a test gives leave for each. */
    final Semaphore leave = new Semaphore(0);

    /** Counted down when a write of {@code /sse} or {@code /flood} fails. */
    final CountDownLatch clientLeft = new CountDownLatch(1);

    /** Bytes that {@code /flood} could write. */
    final AtomicLong flooded = new AtomicLong();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    TestFunction() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/echo", TestFunction::echo);
        server.createContext("/names", TestFunction::names);
        server.createContext("/sse", this::sse);
        server.createContext("/flood", this::flood);
        server.createContext("/hang", exchange -> sleep());
        server.createContext("/drop", HttpExchange::close);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-seen", exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.getResponseHeaders()
                .set("x-seen-id", String.valueOf(exchange.getRequestHeaders().getFirst("x-amzn-requestid")));
        exchange.sendResponseHeaders(201, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** By what names the gateway told of the request. */
    private static void names(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        byte[] body = (headers.getFirst("x-request-id") + " " + headers.getFirst("x-amzn-trace-id"))
                .getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void sse(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 1000; i++) {
                leave.acquireUninterruptibly();
                out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            clientLeft.countDown();
        }
    }

    private void flood(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[64 * 1024];
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 4096; i++) {
                out.write(piece);
                flooded.addAndGet(piece.length);
            }
        } catch (IOException e) {
            clientLeft.countDown();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        leave.release(1000);
        server.stop(0);
        threads.shutdownNow();
    }
}
