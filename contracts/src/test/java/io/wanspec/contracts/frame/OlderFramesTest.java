package io.wanspec.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a build of protocol 2 wrote is read, and what it can read is what we write to it, byte for byte. Never write these anew. */
final class OlderFramesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "frames-2");
    private static final ProtocolVersion TWO = new ProtocolVersion(2);

    static List<Path> frames() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void areReadAndWrittenAsTheyWere(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean draft = file.getFileName().toString().startsWith("draft-");
        byte[] again = draft
                ? FrameCodec.encode(FrameCodec.decodeDraft(bytes))
                : FrameCodec.encode(FrameCodec.decodeTarget(bytes));
        assertThat(new String(again, StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
    }

    @Test
    void openFramesForAnOlderPeerAreItsOwn() throws IOException {
        var caller = CallerId.of("somebody");
        String draft = Files.readString(GOLDEN.resolve("draft-Open.json"));
        var newer = ((DraftFrame.Open) FrameCodec.decodeDraft(draft.getBytes(StandardCharsets.UTF_8)))
                .on(ProtocolVersion.CURRENT, caller);
        assertThat(newer.caller()).isEqualTo(caller);
        assertThat(new String(FrameCodec.encode(newer.on(TWO, caller)), StandardCharsets.UTF_8))
                .isEqualTo(draft);

        String target = Files.readString(GOLDEN.resolve("target-Open.json"));
        var newest = ((TargetFrame.Open) FrameCodec.decodeTarget(target.getBytes(StandardCharsets.UTF_8)))
                .on(ProtocolVersion.CURRENT, caller);
        assertThat(newest.caller()).isEqualTo(caller);
        assertThat(new String(FrameCodec.encode(newest.on(TWO, caller)), StandardCharsets.UTF_8))
                .isEqualTo(target);
    }

    @Test
    void thereIsOneOfEachKind() throws IOException {
        assertThat(frames()).hasSize(12);
    }
}
