package io.wanspec.it.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for Lambda's Runtime API: hands events to a function that asks for them, and takes its answers part by part, as
 * they come. Needs nothing but the JDK, so that it also runs from its source: see its main method.
 */
public final class RuntimeApi implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int PART_BYTES = 64 * 1024;

    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ended;

    private RuntimeApi(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public static RuntimeApi open() throws IOException {
        return new RuntimeApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** The value of AWS_LAMBDA_RUNTIME_API. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** An environment as Lambda sets it. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API", address(),
                "AWS_LAMBDA_FUNCTION_NAME", "wanspec",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
    }

    /**
     * Waits until a function that is started for SnapStart is ready for its snapshot.
     *
     * @throws IllegalStateException if it ends before
     */
    public void awaitFrozen() throws InterruptedException {
        frozen.await();
        if (ended) {
            throw new IllegalStateException("the function ended before its snapshot");
        }
    }

    /** Lets it go on, as one that was made of the snapshot does. */
    public void thaw() {
        thawed.countDown();
    }

    /** Gives an event to the function that asks next. */
    public Invocation invoke(byte[] event, long limitMillis) {
        var invocation = new Invocation("request-" + ids.incrementAndGet(), event, limitMillis);
        waiting.add(invocation);
        if (ended) {
            invocation.parts.add(NOTHING);
        }
        return invocation;
    }

    /** Whoever waits for an answer when this function ends gets an empty one. */
    public void failWith(Process function) {
        var _ = function.onExit().thenRun(() -> {
            ended = true;
            frozen.countDown();
            waiting.forEach(invocation -> invocation.parts.add(NOTHING));
            underWay.values().forEach(invocation -> invocation.parts.add(NOTHING));
        });
    }

    @Override
    public void close() {
        thaw();
        closed.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.endsWith("/invocation/next")) {
                next(exchange);
            } else if (path.endsWith("/restore/next")) {
                frozen.countDown();
                thawed.await();
                exchange.sendResponseHeaders(200, -1);
            } else if (path.endsWith("/event/next")) {
                // An extension's events: there are none.
                closed.await();
            } else if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
                emptyTable(exchange);
            } else if (path.endsWith("/register")) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Lambda-Extension-Identifier", "extension");
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            } else {
                take(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Invocation invocation = waiting.take();
        underWay.put(invocation.id, invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id);
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + invocation.limitMillis));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:wanspec");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, invocation.event.length);
        exchange.getResponseBody().write(invocation.event);
    }

    private void take(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/", -1);
        Invocation invocation = underWay.get(parts.length > 2 ? parts[parts.length - 2] : "");
        if (invocation == null) {
            // An error while the function starts: whoever waits for an answer hears of it.
            Invocation first = waiting.poll();
            invocation = first == null ? new Invocation("none", NOTHING, 0) : first;
        }
        invocation.failed = path.endsWith("/error");
        invocation.mode = header(exchange, "Lambda-Runtime-Function-Response-Mode");
        invocation.contentType = header(exchange, "Content-Type");
        byte[] part = new byte[PART_BYTES];
        try (InputStream body = exchange.getRequestBody()) {
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                invocation.parts.add(Arrays.copyOf(part, read));
            }
        } finally {
            invocation.parts.add(NOTHING);
        }
        exchange.sendResponseHeaders(202, -1);
    }

    /** DynamoDB's answer to whoever asks for something that there is not. */
    private static void emptyTable(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpExchange exchange, String name) {
        return String.join(",", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    /** One event and what comes of it. */
    public static final class Invocation {
        private final String id;
        private final byte[] event;
        private final long limitMillis;
        private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
        private volatile boolean failed;
        private volatile String mode = "";
        private volatile String contentType = "";

        private Invocation(String id, byte[] event, long limitMillis) {
            this.id = id;
            this.event = event;
            this.limitMillis = limitMillis;
        }

        /** The next part of the answer; an empty one is the end. */
        public byte[] nextPart() throws InterruptedException {
            return parts.take();
        }

        /** The rest of the answer. */
        public byte[] rest() throws InterruptedException {
            var all = new ByteArrayOutputStream();
            for (byte[] part = nextPart(); part.length > 0; part = nextPart()) {
                all.writeBytes(part);
            }
            return all.toByteArray();
        }

        /** Once a part has come: whether the function reports an error. */
        public boolean failed() {
            return failed;
        }

        /** Once a part has come: {@code streaming}, or nothing. */
        public String mode() {
            return mode;
        }

        public String contentType() {
            return contentType;
        }
    }

    /**
     * {@code java RuntimeApi.java EVENT COMMAND...}: starts a function, gives it an event twice, prints when the first bytes of
     * its answers came, and ends it as Lambda does, by SIGTERM. The event is a file, or the address of an HTTP server that the
     * command starts. Its table is one in which nothing is.
     */
    public static void main(String[] arguments) throws Exception {
        try (RuntimeApi api = open()) {
            var command = new ProcessBuilder(Arrays.asList(arguments).subList(1, arguments.length)).inheritIO();
            command.environment().putAll(api.environment());
            command.environment().put("WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", "http://" + api.address());
            long began = System.nanoTime();
            Process function = command.start();
            for (String name : List.of("first", "second")) {
                String answer = arguments[0].startsWith("http:")
                        ? askServer(arguments[0], function)
                        : askFunction(api, Files.readAllBytes(Path.of(arguments[0])), function);
                long millis = (System.nanoTime() - began) / 1_000_000;
                String took = name + " answer after " + millis + " ms, " + used(function) + " of processors: ";
                // In one write: the function writes to the same place.
                System.out.println(took + answer);
                began = System.nanoTime();
            }
            function.destroy();
            System.out.println("exit " + function.waitFor());
        }
        System.exit(0);
    }

    /** Milliseconds of all processors since it was started: on a busy machine they say more than time. */
    private static long used(Process function) {
        return function.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private static String askFunction(RuntimeApi api, byte[] event, Process function) throws InterruptedException {
        Invocation invocation = api.invoke(event, 60_000);
        var end = function.onExit().thenRun(() -> invocation.parts.add(NOTHING));
        byte[] answer = invocation.rest();
        end.cancel(false);
        return (invocation.failed() ? "ERROR " : "") + new String(answer, StandardCharsets.UTF_8);
    }

    private static String askServer(String address, Process function) throws IOException, InterruptedException {
        while (function.isAlive()) {
            try (InputStream body = URI.create(address).toURL().openStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (ConnectException e) {
                Thread.sleep(5);
            }
        }
        return "ERROR it has ended";
    }
}
