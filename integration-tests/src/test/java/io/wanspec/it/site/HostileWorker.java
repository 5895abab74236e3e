package io.wanspec.it.site;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.RelayFrame.Purpose;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.emulator.toy.ToyLanguage;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker with a good ticket and bad intentions. */
final class HostileWorker implements AutoCloseable {
    private static final String TOKEN = "0123456789ab";
    private static final ModelIdentity MODEL = ToyLanguage.identity("toy-draft", 'a');
    private static final int FLOOD_FRAMES = 3_000;

    /** Sessions that were given to it. */
    final AtomicInteger sessions = new AtomicInteger();

    private final List<SiteSocket> streams = new ArrayList<>();
    private final Random random;
    private final Malice malice;

    /** @param seats sessions that it takes at once; none: it only answers beats */
    HostileWorker(HttpClient client, int port, String instance, Malice malice, int seats, long seed) {
        this.malice = malice;
        this.random = new Random(seed);
        Ticket ticket = new Ticket(
                new WorkerId(TOKEN + "." + instance),
                TOKEN,
                SiteStage.SITE,
                Math.max(1, seats),
                4_096,
                Set.of(),
                Instant.now().plusSeconds(600));
        String sealed = SiteStage.SEAL.seal(ticket);
        Control control = new Control(client, port);
        streams.add(control.socket);
        control.socket.send(hello(Purpose.CONTROL, sealed));
        for (int i = 0; i < seats; i++) {
            Session session = new Session(client, port);
            streams.add(session.socket);
            session.socket.send(hello(Purpose.SESSION, sealed));
        }
    }

    private byte[] hello(Purpose purpose, String sealed) {
        ModelIdentity model = malice == Malice.CLAIMS_VOCABULARY ? ToyLanguage.identity("toy-draft", 'f') : MODEL;
        ProtocolVersion version = malice == Malice.CLAIMS_PROTOCOL ? ProtocolVersion.OLDEST : ProtocolVersion.CURRENT;
        return RelayCodec.encode(new RelayFrame.Hello(purpose, sealed, model, version));
    }

    private static final class Control {
        private final SiteSocket socket;

        /** Nothing comes before it has said hello. */
        Control(HttpClient client, int port) {
            socket = new SiteSocket(client, port, this::received);
        }

        private void received(byte[] frame) {
            if (RelayCodec.decode(frame).orElse(null) instanceof RelayFrame.Beat beat) {
                socket.send(RelayCodec.encode(beat));
            }
        }
    }

    private final class Session {
        private final SiteSocket socket;
        private Tokens committed = Tokens.none();
        private int frames;

        Session(HttpClient client, int port) {
            socket = new SiteSocket(client, port, this::received);
        }

        private void received(byte[] frame) {
            if (RelayCodec.decode(frame).isPresent()) {
                return;
            }
            switch (FrameCodec.decodeDraft(frame)) {
                case DraftFrame.Open open -> {
                    sessions.incrementAndGet();
                    committed = open.prefix();
                    begin();
                }
                case DraftFrame.Advance advance -> {
                    committed = committed
                            .slice(0, Math.min(committed.size(), advance.position()))
                            .plus(advance.committed());
                    goOn();
                }
                case DraftFrame.Expand _, DraftFrame.Ready _, DraftFrame.Drafted _, DraftFrame.Refused _ -> goOn();
            }
        }

        private void begin() {
            switch (malice) {
                case SILENT -> {}
                case OTHER_VOCABULARY -> ready(ProtocolVersion.CURRENT, ToyLanguage.identity("toy-draft", 'f'));
                case OTHER_PROTOCOL -> ready(new ProtocolVersion(1 + random.nextInt(9)), MODEL);
                case GARBAGE, TOO_LARGE, REFUSES, IMPOSTER -> goOn();
                case IDLE, CLAIMS_VOCABULARY, CLAIMS_PROTOCOL -> ready(ProtocolVersion.CURRENT, MODEL);
                case WRONG_DRAFTS, DRIP, FLOOD, ANYWHERE, LIES, LEAVES -> {
                    ready(ProtocolVersion.CURRENT, MODEL);
                    goOn();
                }
            }
        }

        private void goOn() {
            frames++;
            switch (malice) {
                case SILENT, IDLE, OTHER_VOCABULARY, OTHER_PROTOCOL, CLAIMS_VOCABULARY, CLAIMS_PROTOCOL -> {}
                case WRONG_DRAFTS -> drafts(8, 1, 1_000);
                case DRIP -> {
                    if (frames % 3 == 0) {
                        drafts(1, 1, 1_000);
                    }
                }
                case FLOOD -> {
                    if (frames == 1) {
                        drafts(FLOOD_FRAMES, 1, 1_000);
                    }
                }
                case ANYWHERE -> anywhere();
                case LIES -> drafts(4, random.nextBoolean() ? 10_000 : 1, random.nextBoolean() ? 0 : 3_600_000_000L);
                case GARBAGE -> socket.send(garbage());
                case TOO_LARGE -> socket.send("{\"type\":\"ready\",\"of\":\"" + "x".repeat(1 << 20) + "\"}");
                case IMPOSTER ->
                    socket.send(FrameCodec.encode(
                            new DraftFrame.Advance(1, Branch.of(Tokens.of(1)), Tokens.none(), plan())));
                case REFUSES -> {
                    RefusalCode[] codes = RefusalCode.values();
                    socket.send(FrameCodec.encode(new DraftFrame.Refused(codes[random.nextInt(codes.length)], "no")));
                }
                case LEAVES -> {
                    drafts(2, 1, 1_000);
                    if (random.nextInt(4) == 0) {
                        socket.close();
                    }
                }
            }
        }

        private DraftPlan plan() {
            return DraftPlan.chain(10);
        }

        private void ready(ProtocolVersion version, ModelIdentity model) {
            socket.send(FrameCodec.encode(new DraftFrame.Ready(version, model)));
        }

        /** Well placed, one behind the other. */
        private void drafts(int count, int passes, long micros) {
            Tokens path = committed;
            for (int i = 0; i < count; i++) {
                int token = random.nextInt(MODEL.vocabulary());
                socket.send(FrameCodec.encode(DraftFrame.Drafted.single(
                        path.size(),
                        Branch.of(path),
                        token,
                        random.nextInt(5_000),
                        random.nextInt(5_000),
                        committed.size(),
                        passes,
                        micros)));
                path = i % 16 == 15 ? committed : path.plus(token);
            }
        }

        private void anywhere() {
            for (int i = 0; i < 8; i++) {
                socket.send(FrameCodec.encode(DraftFrame.Drafted.single(
                        1 + random.nextInt(100_000),
                        new Branch(random.nextLong()),
                        random.nextInt(MODEL.vocabulary()),
                        random.nextInt(),
                        random.nextInt(5_000),
                        1 + random.nextInt(100_000),
                        random.nextInt(10),
                        random.nextInt(100_000))));
            }
        }

        private String garbage() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) {
                text.append((char) (' ' + random.nextInt(94)));
            }
            return text.toString();
        }
    }

    @Override
    public void close() {
        streams.forEach(SiteSocket::close);
    }
}
