package io.wanspec.emulator.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class WanLinkTest {
    private final EchoServer echo = new EchoServer();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(echo));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keepsOrderUnderJitterAndCountsEveryByte(long seed) throws Exception {
        WanLink link = link(new WanProfile(Duration.ofMillis(2), Duration.ofMillis(3), 0), seed);
        byte[] sent = bytes(seed, 300_000);
        Socket socket = connect(link);
        Thread writer = Thread.ofVirtual().start(() -> writeInPieces(socket, sent, new Random(seed)));
        byte[] received = socket.getInputStream().readNBytes(sent.length);
        writer.join();
        assertThat(received).isEqualTo(sent);
        assertThat(link.counts()).isEqualTo(new WanCounts(sent.length, sent.length, 1));
    }

    @Test
    void delaysTheFirstByteByTwoRoundTripsAndTheNextByOne() throws Exception {
        Duration rtt = Duration.ofMillis(40);
        WanLink link = link(WanProfile.of(rtt), 1);
        long begin = System.nanoTime();
        Socket socket = connect(link);
        roundTrip(socket);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(rtt.multipliedBy(2));
        begin = System.nanoTime();
        roundTrip(socket);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(rtt);
    }

    @Test
    void aNewRttHoldsForWhatIsSentAfterwards() throws Exception {
        WanLink link = link(WanProfile.NONE, 1);
        Socket socket = connect(link);
        roundTrip(socket);
        link.setRtt(Duration.ofMillis(50));
        long begin = System.nanoTime();
        roundTrip(socket);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void bandwidthLimitsTheRate() throws Exception {
        WanLink link = link(new WanProfile(Duration.ZERO, Duration.ZERO, 1_000_000), 1);
        Socket socket = connect(link);
        byte[] sent = bytes(7, 100_000);
        long begin = System.nanoTime();
        Thread writer = Thread.ofVirtual().start(() -> writeInPieces(socket, sent, new Random(7)));
        assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        writer.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void holdsNoMoreThanItsBoundAndLosesNothing() throws Exception {
        var settings = new WanSettings(0, echo.uri(), WanProfile.of(Duration.ofMillis(10)), 1, 32 * 1024, 1);
        WanLink link = keep(WanLink.open(settings));
        Socket socket = connect(link);
        byte[] sent = bytes(9, 2_000_000);
        Thread writer = Thread.ofVirtual().start(() -> writeInPieces(socket, sent, new Random(9)));
        assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        writer.join();
    }

    @Test
    void aClosedHalfCrossesAfterTheData() throws Exception {
        Socket socket = connect(link(WanProfile.of(Duration.ofMillis(20)), 1));
        socket.getOutputStream().write(new byte[] {1, 2, 3});
        socket.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void aCutResetsAndRefusesUntilHealed() throws Exception {
        WanLink link = link(WanProfile.of(Duration.ofMillis(2)), 1);
        Socket before = connect(link);
        roundTrip(before);
        link.cut();
        assertThatThrownBy(() -> roundTrip(before)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> roundTrip(connect(link))).isInstanceOf(IOException.class);
        link.heal();
        roundTrip(connect(link));
    }

    @Test
    void aStallHoldsEverythingAndResumeDeliversIt() throws Exception {
        WanLink link = link(WanProfile.of(Duration.ofMillis(2)), 1);
        Socket old = connect(link);
        roundTrip(old);
        link.stall();
        Socket fresh = connect(link);
        for (Socket socket : List.of(old, fresh)) {
            socket.getOutputStream().write(42);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        link.resume();
        for (Socket socket : List.of(old, fresh)) {
            socket.setSoTimeout(0);
            assertThat(socket.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void manyConnectionsAddNoThreads() throws Exception {
        WanLink link = link(WanProfile.of(Duration.ofMillis(5)), 1);
        roundTrip(connect(link));
        int before = wanThreads();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sockets.add(connect(link));
        }
        for (Socket socket : sockets) {
            roundTrip(socket);
        }
        assertThat(wanThreads()).isEqualTo(before).isEqualTo(1);
    }

    @Test
    void anUnreachableDestinationResetsTheConnection() throws Exception {
        EchoServer gone = new EchoServer();
        URI dead = gone.uri();
        gone.close();
        WanLink link = keep(WanLink.open(WanSettings.of(dead, WanProfile.NONE, 1)));
        assertThatThrownBy(() -> roundTrip(connect(link))).isInstanceOf(IOException.class);
    }

    private static int wanThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wan-"))
                .count();
    }

    private WanLink link(WanProfile profile, long seed) {
        return keep(WanLink.open(WanSettings.of(echo.uri(), profile, seed)));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private Socket connect(WanLink link) throws IOException {
        Socket socket = keep(new Socket());
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), link.uri().getPort()));
        return socket;
    }

    private static void roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write(5);
        if (socket.getInputStream().read() != 5) {
            throw new IOException("ended");
        }
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void writeInPieces(Socket socket, byte[] bytes, Random random) {
        try {
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(5_000));
                socket.getOutputStream().write(bytes, at, piece);
                at += piece;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
