package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The loop that the README shows runs a session, and the README shows that loop. */
class HostLoopTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);
    private static final HashModel MODEL = new HashModel(7, 0.8, 0);
    private static final Path SOURCE = Path.of("src/test/java/io/wanspec/controller/HostLoop.java");
    private static final int LOOP_INDENT = 4;

    /** A target that answers at once. */
    private static final class PlainHost extends HostLoop {
        private final Queue<Event> mailbox = new ArrayDeque<>(List.of(new Event.Started(0)));
        private final StringBuilder text = new StringBuilder();
        private Tokens sessionRecord = Tokens.none();
        private long alarmAt;
        private long now;

        @Override
        Event nextEvent() {
            return mailbox.isEmpty() ? new Event.Woken(alarmAt) : mailbox.remove();
        }

        @Override
        void toTarget(Action action) {
            now++;
            switch (action) {
                case Action.OpenTarget _ ->
                    mailbox.add(new Event.TargetReady(
                            now, new TargetFrame.Ready(ProtocolVersion.CURRENT, World.TARGET, 0)));
                case Action.Verify verify -> mailbox.add(new Event.TargetVerified(now, answer(verify.frame())));
                default -> throw new AssertionError(action);
            }
        }

        private static TargetFrame.Verified answer(TargetFrame.Verify asked) {
            int token = MODEL.target(asked.branch());
            return new TargetFrame.Verified(
                    asked.round(),
                    asked.position(),
                    asked.branch(),
                    0,
                    Tokens.of(token),
                    List.of(HashModel.piece(token)),
                    false,
                    1);
        }

        @Override
        void toWorkers(Action action) {
            throw new AssertionError(action);
        }

        @Override
        void toClient(List<String> pieces) {
            pieces.forEach(text::append);
        }

        @Override
        void toRecord(Action.Checkpoint checkpoint) {
            assertThat(checkpoint.position()).isEqualTo(PROMPT.size() + sessionRecord.size());
            sessionRecord = sessionRecord.plus(checkpoint.tokens());
        }

        @Override
        void setAlarm(long atNanos) {
            alarmAt = atNanos;
        }

        @Override
        void toLog(Action.Note note) {
            throw new AssertionError(note);
        }
    }

    @Test
    void runsASession() {
        PlainHost host = new PlainHost();
        GenerationRequest request =
                new GenerationRequest(new SessionId("s"), PROMPT, SamplingOptions.greedy(), 20, List.of());
        host.run(new SpeculationController(request, ControllerSettings.plain(World.TARGET)));
        Tokens expected = MODEL.decode(PROMPT, 20);
        assertThat(host.sessionRecord).isEqualTo(expected);
        assertThat(host.text.toString()).isEqualTo(textOf(expected));
    }

    @Test
    void readmeShowsIt() throws IOException {
        String source = Files.readString(SOURCE);
        String loop = source.substring(
                source.indexOf("README: begin\n") + "README: begin\n".length(), source.indexOf("    // README: end"));
        String outdented = loop.lines()
                .map(line -> line.substring(Math.min(LOOP_INDENT, line.length())))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + outdented + "\n```");
    }

    private static String textOf(Tokens tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens.toArray()) {
            text.append(HashModel.piece(token));
        }
        return text.toString();
    }
}
