package io.wanspec.functions.link;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback interface whose every byte, and every hanging up, a test decides. */
final class ScriptedServer implements AutoCloseable {
    /** What happens on one connection; when it returns, the connection is closed. */
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    /** A request as far as the tests care. */
    record Request(String path) {
        boolean isStream() {
            return path.endsWith("/invocations-response-stream");
        }
    }

    /** Requests that have come as a whole. */
    final AtomicInteger requests = new AtomicInteger();

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener;
    private final Script script;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Of the platform: a script may spin, and a virtual thread that spins keeps one of the few carriers from everybody. */
    private static void thread(Runnable task) {
        Thread.ofPlatform().daemon().name("scripted-server").start(task);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                int number = connections.incrementAndGet();
                thread(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            script.serve(new Connection(socket, number));
        } catch (IOException gone) {
            // The client has left, which tests provoke.
        }
    }

    /** The server's side of one connection. */
    final class Connection {
        private final Socket socket;
        private final int number;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** 1 for the first that was accepted. */
        int number() {
            return number;
        }

        /**
         * The next request.
         *
         * @throws EOFException if the client has left
         */
        Request read() throws IOException {
            String head = head();
            String length = head.replaceAll("(?is).*\r\ncontent-length: *(\\d+)\r\n.*", "$1");
            in.skipNBytes(Integer.parseInt(length));
            requests.incrementAndGet();
            return new Request(head.split(" ", 3)[1]);
        }

        /** From now on reading fails when nothing has come for so long. */
        void hangUpAfter(Duration idle) throws IOException {
            socket.setSoTimeout((int) idle.toMillis());
        }

        /** Waits until the next request begins to come. */
        void awaitFirstByte() throws IOException {
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        private String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the client has left");
                }
                head.append((char) next);
            }
            return head.toString();
        }
    }

    /** UTF-8. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
