package io.wanspec.contracts.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What older and newer servers say is read, or refused, as their words mean it. */
final class InvokeCodecTest {
    private static final ModelIdentity MODEL = new ModelIdentity("m", "ab".repeat(32), "cd".repeat(32), 9, 9);

    @ParameterizedTest
    @EnumSource
    void rolesComeBack(EndpointRole role) {
        var description = new Reply.Description(ProtocolVersion.CURRENT, MODEL, role);
        assertThat(InvokeCodec.decodeReply(InvokeCodec.encode(description))).isEqualTo(description);
    }

    @Test
    void rolesAreWrittenInLowerCase() {
        var description = new Reply.Description(ProtocolVersion.CURRENT, MODEL, EndpointRole.DRAFT);
        assertThat(new String(InvokeCodec.encode(description), StandardCharsets.UTF_8))
                .contains("\"role\":\"draft\"");
    }

    @Test
    void seatsAreSaidByThoseWhoCountThem() {
        var unsaid = new Reply.Description(ProtocolVersion.CURRENT, MODEL, EndpointRole.DRAFT);
        var said = new Reply.Description(ProtocolVersion.CURRENT, MODEL, EndpointRole.DRAFT, new Seats(8, 3));
        assertThat(new String(InvokeCodec.encode(unsaid), StandardCharsets.UTF_8))
                .doesNotContain("seats");
        assertThat(InvokeCodec.decodeReply(InvokeCodec.encode(said))).isEqualTo(said);
        String more =
                new String(InvokeCodec.encode(said), StandardCharsets.UTF_8).replace("\"inUse\":3", "\"inUse\":9");
        assertThatThrownBy(() -> reply(more)).hasMessageContaining("of 8 slots 9 cannot be in use");
    }

    @Test
    void aNewerServersRoleIsUnknown() {
        byte[] json = InvokeCodec.encode(new Reply.Description(ProtocolVersion.CURRENT, MODEL, EndpointRole.DRAFT));
        String newer = new String(json, StandardCharsets.UTF_8).replace("\"draft\"", "\"referee\"");
        assertThat(reply(newer)).isEqualTo(new Reply.Description(ProtocolVersion.CURRENT, MODEL, EndpointRole.UNKNOWN));
    }

    @Test
    void aNewerServersCodeIsUnknownAndItsMessageStays() {
        assertThat(reply("{\"type\":\"failed\",\"code\":\"ON_FIRE\",\"field\":\"\",\"message\":\"m\"}"))
                .isEqualTo(new Reply.Failed(ReplyCode.UNKNOWN, "", "m"));
    }

    @Test
    void whoAsksWithoutAVersionIsOfVersionTwo() {
        byte[] json = "{\"type\":\"describe\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(InvokeCodec.decodeInvocation(json)).isEqualTo(new Invocation.Describe(new ProtocolVersion(2)));
    }

    @Test
    void aLoadAndAModelAreToldOnlyIfKnown() {
        var unsaid = new Reply.Generated(Tokens.of(1), List.of(" a"), false, 9);
        var said = new Reply.Generated(Tokens.of(1), List.of(" a"), false, 9, new PassLoad(3, 3, 7, 0), MODEL);
        assertThat(new String(InvokeCodec.encode(unsaid), StandardCharsets.UTF_8))
                .doesNotContain("load", "model");
        assertThat(InvokeCodec.decodeReply(InvokeCodec.encode(unsaid))).isEqualTo(unsaid);
        assertThat(InvokeCodec.decodeReply(InvokeCodec.encode(said))).isEqualTo(said);
    }

    @Test
    void aCallerIsNamedOnlyIfKnown() {
        var nobody = new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), 3);
        var somebody = new Invocation.Generate(
                Tokens.of(1), SamplingOptions.greedy(), 3, CallerId.of("me"), new SessionId("s"));
        assertThat(new String(InvokeCodec.encode(nobody), StandardCharsets.UTF_8))
                .doesNotContain("caller", "session");
        assertThat(InvokeCodec.decodeInvocation(InvokeCodec.encode(nobody))).isEqualTo(nobody);
        assertThat(InvokeCodec.decodeInvocation(InvokeCodec.encode(somebody))).isEqualTo(somebody);
    }

    @Test
    void aDescriptionWithoutARoleIsNone() {
        assertThatThrownBy(() -> reply("{\"type\":\"description\",\"protocol\":{\"number\":2}}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reply reply(String json) {
        return InvokeCodec.decodeReply(json.getBytes(StandardCharsets.UTF_8));
    }
}
