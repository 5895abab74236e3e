package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.twin.HashModel;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** More sessions than there is room for, each longer than expected: all end, nobody is told anything, and the bound holds. */
class CrowdedCachesTest {
    private static final long ROOM = 1_000;
    private static final int LINKS = 6;
    private static final int GENERATIONS = 3;
    private static final int TOKENS = 600;

    @SeededTest(tries = 2)
    void everyTextIsTheOneOfAnIdleServer(Random random) throws InterruptedException {
        new Crowd().run(random);
    }

    private static final class Crowd {
        private final HashModel model = HashModel.endless(1_000);
        private final SequencePool pool = new SequencePool(model, ROOM, 64, ROOM);
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private final CountDownLatch left = new CountDownLatch(LINKS + GENERATIONS);

        void run(Random random) throws InterruptedException {
            Engine engine = new Engine(model, pool, MinimumPassTime.none());
            List<Peer> peers = Stream.generate(() -> new Peer(random.nextLong()))
                    .limit(LINKS)
                    .toList();
            List<Reader> readers = Stream.generate(() -> new Reader(random.nextLong()))
                    .limit(GENERATIONS)
                    .toList();
            List<TargetSession> sessions = new ArrayList<>();
            try (Compute compute = Compute.start()) {
                for (Peer peer : peers) {
                    TargetSession session = new TargetSession(engine, compute, peer);
                    peer.session = session;
                    sessions.add(session);
                    assertThat(session.receive(peer.open())).isTrue();
                }
                for (Reader reader : readers) {
                    assertThat(new GenerateJob(engine, compute, reader.request(), reader).start())
                            .isTrue();
                }
                assertThat(left.await(100, TimeUnit.SECONDS))
                        .as("all have ended; %s", pool.report())
                        .isTrue();
                sessions.forEach(TargetSession::disconnect);
            }
            assertThat(faults).isEmpty();
            assertThat(pool.report().givenUp()).isPositive();
            assertThat(pool.report().sessions()).isZero();
            assertThat(pool.report().reservedBytes()).isZero();
            assertThat(model.openSequences()).isEqualTo(pool.report().idle());
        }

        private void checkBound() {
            if (pool.cacheBytes() > ROOM) {
                faults.add(pool.cacheBytes() + " bytes: " + pool.report());
            }
        }

        /** What a session of some seed is about. */
        private final class Text {
            private final SamplingOptions options;
            private final Tokens prompt;
            private final Tokens truth;

            Text(Random random) {
                options = new SamplingOptions(0.7, 0, 1, random.nextInt(1_000));
                prompt = Tokens.of(random.ints(2 + random.nextInt(60), 1, 40).toArray());
                truth = model.decode(prompt, options, TOKENS);
            }
        }

        /** Sends one round after the other, with drafts that are right for a while. */
        private final class Peer implements Outbound<TargetFrame> {
            private final Random random;
            private final Text text;
            private @Nullable TargetSession session;
            private Tokens made = Tokens.none();
            private long round;

            Peer(long seed) {
                random = new Random(seed);
                text = new Text(random);
            }

            TargetFrame open() {
                return new TargetFrame.Open(
                        ProtocolVersion.CURRENT,
                        new SessionId("s"),
                        text.options,
                        text.prompt,
                        text.prompt.size(),
                        CallerId.of("anna"));
            }

            @Override
            public boolean isWritable() {
                return true;
            }

            @Override
            public void send(TargetFrame frame) {
                checkBound();
                switch (frame) {
                    case TargetFrame.Ready ready -> next();
                    case TargetFrame.Verified verified -> {
                        made = made.plus(verified.tokens());
                        next();
                    }
                    default -> faults.add(frame.toString());
                }
            }

            private void next() {
                if (made.size() < TOKENS && session != null) {
                    Tokens prefix = text.prompt.plus(made);
                    session.receive(new TargetFrame.Verify(
                            new RoundId(++round),
                            prefix.size(),
                            Branch.of(prefix),
                            RandomTrees.of(random, text.truth.from(made.size()), 40)));
                    return;
                }
                if (!made.slice(0, TOKENS).equals(text.truth)) {
                    faults.add("another text");
                }
                if (session != null) {
                    session.disconnect();
                }
                left.countDown();
            }

            @Override
            public void close() {
                faults.add("closed");
            }
        }

        /** Reads a text that the server makes alone. */
        private final class Reader implements Outbound<Reply> {
            private final Text text;
            private Tokens made = Tokens.none();

            Reader(long seed) {
                text = new Text(new Random(seed));
            }

            Invocation.Generate request() {
                return new Invocation.Generate(text.prompt, text.options, TOKENS);
            }

            @Override
            public boolean isWritable() {
                return true;
            }

            @Override
            public void send(Reply reply) {
                checkBound();
                if (reply instanceof Reply.Generated line) {
                    made = made.plus(line.tokens());
                } else {
                    faults.add(reply.toString());
                }
            }

            @Override
            public void close() {
                if (!made.equals(text.truth)) {
                    faults.add("another text of its own");
                }
                left.countDown();
            }
        }
    }
}
