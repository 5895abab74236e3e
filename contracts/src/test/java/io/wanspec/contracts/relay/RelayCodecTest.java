package io.wanspec.contracts.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RelayCodecTest {
    private static final ModelIdentity MODEL =
            new ModelIdentity("draft", "a".repeat(64), "b".repeat(64), 49_152, 8_192);

    @Test
    void everyFrameComesBack() {
        for (RelayFrame frame : List.of(
                new RelayFrame.Hello(RelayFrame.Purpose.CONTROL, "x.y", MODEL, ProtocolVersion.CURRENT),
                new RelayFrame.Hello(RelayFrame.Purpose.SESSION, "x.y", MODEL, ProtocolVersion.CURRENT),
                new RelayFrame.Welcome(),
                new RelayFrame.Beat(7),
                new RelayFrame.Renew("x.z"),
                new RelayFrame.Denied("its ticket is over"))) {
            assertThat(RelayCodec.decode(RelayCodec.encode(frame))).contains(frame);
        }
    }

    @Test
    void aNewerPeersFieldsAreIgnoredAndItsFramesUnknown() {
        assertThat(RelayCodec.decode("{\"type\":\"beat\",\"number\":1,\"new\":true}".getBytes(UTF_8)))
                .contains(new RelayFrame.Beat(1));
        assertThat(RelayCodec.decode("{\"type\":\"other\"}".getBytes(UTF_8))).isEmpty();
    }

    /** A name ends up on other people's terminals. */
    @Test
    void aModelWhoseNameCannotBeSeenIsNone() {
        var hello = new RelayFrame.Hello(RelayFrame.Purpose.CONTROL, "x.y", MODEL, ProtocolVersion.CURRENT);
        String json = new String(RelayCodec.encode(hello), UTF_8);
        assertThat(RelayCodec.decode(
                        json.replace("\"draft\"", "\"Entwurf é 草\"").getBytes(UTF_8)))
                .isPresent();
        for (String escape : List.of("\\u001b", "\\n", "\\u0085", "\\u202e", "\\u2028", "\\ud800")) {
            String bad = json.replace("\"draft\"", "\"dr" + escape + "aft\"");
            assertThat(bad).isNotEqualTo(json);
            assertThat(RelayCodec.decode(bad.getBytes(UTF_8))).as(escape).isEmpty();
        }
    }

    @Test
    void whatLacksAFieldOrIsTooLongIsNone() {
        for (String bad : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":\"hello\"}",
                "{\"type\":\"renew\",\"ticket\":null}",
                "{\"type\":\"beat\",\"number\":1} more",
                "{\"type\":\"renew\",\"ticket\":\"" + "x".repeat(TicketSeal.LENGTH_MAX + 1) + "\"}",
                "{\"type\":\"renew\",\"ticket\":\"" + "x".repeat(RelayCodec.BYTES_MAX) + "\"}")) {
            assertThat(RelayCodec.decode(bad.getBytes(UTF_8))).as(bad).isEmpty();
        }
    }
}
