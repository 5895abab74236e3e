package io.wanspec.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every frame's bytes, kept as files. Write them anew with {@code -Dwanspec.golden=write}, and raise the protocol. */
class FrameGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/frames");
    private static final ModelIdentity TARGET =
            new ModelIdentity("smollm2-135m-instruct", "ab".repeat(32), "cd".repeat(32), 49_152, 8_192);
    private static final Tokens PROMPT = Tokens.of(1, 9690, 198);
    private static final SamplingOptions SAMPLING = new SamplingOptions(0.8, 0, 0.95, 42);
    private static final String PLAN_START =
            "{\"passNodes\":1,\"candidates\":1,\"floorMilliNats\":1,\"share\":0,\"shares\":1,\"draftUpTo\":";
    private static final String A_PLAN = PLAN_START + "1}";
    private static final String FAR_PLAN = PLAN_START + "9999}";
    private static final DraftPlan PLAN = new DraftPlan(27, 8, 4, 6_000, 0, 1);
    private static final SessionId SESSION = new SessionId("session-1");
    private static final CallerId CALLER = CallerId.of("somebody");

    static Stream<DraftFrame> draftFrames() {
        return Stream.of(
                new DraftFrame.Open(ProtocolVersion.CURRENT, SESSION, TARGET, SAMPLING, PROMPT, PLAN, CALLER),
                new DraftFrame.Ready(ProtocolVersion.CURRENT, TARGET),
                new DraftFrame.Advance(3, Branch.of(PROMPT), Tokens.of(28, 29), DraftPlan.chain(29)),
                new DraftFrame.Expand(
                        3, Branch.of(PROMPT), new TokenTree(Tokens.of(28, 30, 31), Ints.of(-1, 0, 0)), Ints.of(1, -1)),
                new DraftFrame.Drafted(
                        Ints.of(3, 4),
                        List.of(Branch.of(PROMPT), Branch.of(PROMPT).then(28)),
                        Ints.of(120, 2_450),
                        Ints.of(1, 2),
                        Tokens.of(28, 31, 30),
                        Ints.of(90, 1_100, 1_500),
                        3,
                        2,
                        1_730),
                new DraftFrame.Refused(RefusalCode.MODEL_MISMATCH, "draft a and target b have other tokenizers"));
    }

    static Stream<TargetFrame> targetFrames() {
        return Stream.of(
                new TargetFrame.Open(ProtocolVersion.CURRENT, SESSION, SAMPLING, PROMPT, 3, CALLER),
                new TargetFrame.Ready(ProtocolVersion.CURRENT, TARGET, 2),
                new TargetFrame.Verify(
                        new RoundId(1), 3, Branch.of(PROMPT), new TokenTree(Tokens.of(28, 31, 30), Ints.of(-1, 0, 0))),
                new TargetFrame.Verified(
                        new RoundId(1),
                        3,
                        Branch.of(PROMPT),
                        1,
                        Tokens.of(28, 29),
                        List.of(" sky", "\u00e9\ud83d\ude00"),
                        false,
                        6_200,
                        new PassLoad(12, 5, 1_800, 210)),
                new TargetFrame.PrefixUnknown(new RoundId(1), 3, Branch.of(PROMPT)),
                new TargetFrame.Refused(RefusalCode.OVERLOADED, "64 sessions are open"));
    }

    @ParameterizedTest
    @MethodSource("draftFrames")
    void draftFramesKeepTheirBytes(DraftFrame frame) throws IOException {
        byte[] bytes = FrameCodec.encode(frame);
        assertGolden("draft-" + frame.getClass().getSimpleName(), bytes);
        assertThat(FrameCodec.decodeDraft(bytes)).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("targetFrames")
    void targetFramesKeepTheirBytes(TargetFrame frame) throws IOException {
        byte[] bytes = FrameCodec.encode(frame);
        assertGolden("target-" + frame.getClass().getSimpleName(), bytes);
        assertThat(FrameCodec.decodeTarget(bytes)).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"type\":\"drafted\"}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":\"advance\",\"position\":-1,\"branch\":\"0000000000000000\",\"committed\":[],\"plan\":"
                        + A_PLAN + "}",
                "{\"type\":\"advance\",\"position\":1,\"branch\":\"xyz\",\"committed\":[],\"plan\":" + A_PLAN + "}",
                "{\"type\":\"advance\",\"position\":1,\"branch\":\"0000000000000000\",\"committed\":[-4],\"plan\":"
                        + A_PLAN + "}",
                "{\"type\":\"advance\",\"position\":1,\"branch\":\"0000000000000000\",\"committed\":[],\"plan\":"
                        + FAR_PLAN + "}",
                "{\"type\":\"drafted\",\"positions\":[1],\"branches\":[\"0000000000000000\"],\"entropiesMilliNats\":[],\"counts\":[1],\"candidates\":[1],\"surprisalsMilliNats\":[1],\"committed\":1,\"passes\":1,\"passMicros\":1}",
                "{\"type\":\"drafted\",\"positions\":[1],\"branches\":[\"0000000000000000\"],\"entropiesMilliNats\":[1],\"counts\":[2],\"candidates\":[1],\"surprisalsMilliNats\":[1],\"committed\":1,\"passes\":1,\"passMicros\":1}",
                "{\"type\":\"drafted\",\"positions\":[1],\"branches\":[\"0000000000000000\"],\"entropiesMilliNats\":[1],\"counts\":[0],\"candidates\":[],\"surprisalsMilliNats\":[],\"committed\":1,\"passes\":1,\"passMicros\":1}",
                "{\"type\":\"drafted\",\"positions\":[1],\"branches\":[\"0000000000000000\"],\"entropiesMilliNats\":[1],\"counts\":[1],\"candidates\":[1],\"surprisalsMilliNats\":[-1],\"committed\":1,\"passes\":1,\"passMicros\":1}",
                "{\"type\":\"expand\",\"position\":1,\"branch\":\"0000000000000000\",\"guesses\":{\"tokens\":[4],\"parents\":[0]},\"wanted\":[0]}",
                "{\"type\":\"expand\",\"position\":1,\"branch\":\"0000000000000000\",\"guesses\":{\"tokens\":[4],\"parents\":[-1]},\"wanted\":[1]}",
                "{\"type\":\"refused\",\"reason\":\"\"}",
                "{\"type\":\"refused\",\"code\":null,\"reason\":\"\"}"
            })
    void nonsenseIsAFrameException(String json) {
        assertThatThrownBy(() -> FrameCodec.decodeDraft(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FrameException.class);
    }

    @Test
    void unknownFieldsAreIgnored() {
        String json = "{\"type\":\"refused\",\"code\":\"INTERNAL\",\"reason\":\"r\",\"new\":{\"a\":[1]}}";
        assertThat(FrameCodec.decodeDraft(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new DraftFrame.Refused(RefusalCode.INTERNAL, "r"));
    }

    /** Whatever a newer peer calls it: the link is over, and the reason is for the operator. */
    @Test
    void anUnknownCodeKeepsItsReason() {
        String json = "{\"type\":\"refused\",\"code\":\"NO_SUCH\",\"reason\":\"r\"}";
        assertThat(FrameCodec.decodeDraft(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new DraftFrame.Refused(RefusalCode.UNKNOWN, "r"));
        assertThat(RefusalCode.UNKNOWN.isTransient()).isFalse();
    }

    @Test
    void oversizeIsRefusedBeforeParsing() {
        assertThatThrownBy(() -> FrameCodec.decodeTarget(new byte[Limits.FRAME_BYTES_MAX + 1]))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("" + Limits.FRAME_BYTES_MAX);
    }

    private static void assertGolden(String name, byte[] bytes) throws IOException {
        Path file = GOLDEN.resolve(name + ".json");
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.write(file, bytes);
        }
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
    }
}
