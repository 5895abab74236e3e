package io.wanspec.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of requests, traces and hosts, and the limits that they share. */
final class EdgeTermsTest {
    private static final String HEX = "5759e988bd862e3fe1be46a994272793";
    private static final String XRAY = "Root=1-5759e988-bd862e3fe1be46a994272793";

    @Test
    void aBodyInBase64FitsIntoALambdaRequest() {
        long base64 = (Limits.HTTP_BODY_BYTES_MAX + 2L) / 3 * 4;

        assertThat(base64 + Limits.LAMBDA_ENVELOPE_BYTES).isEqualTo(Limits.LAMBDA_REQUEST_BYTES_MAX);
        assertThat(Limits.LAMBDA_ENVELOPE_BYTES)
                .isGreaterThan(2 * Limits.HTTP_HEADERS_BYTES_MAX + 3 * Limits.HTTP_URI_BYTES_MAX);
        assertThat(Limits.INVOCATION_BYTES_MAX).isGreaterThan(Limits.HTTP_BODY_BYTES_MAX);
    }

    @Test
    void aPlainIdOfTheClientIsKept() {
        assertThat(RequestId.of("abc-1", "gateway").value()).isEqualTo("abc-1");
        assertThat(RequestId.of(null, "gateway").value()).isEqualTo("gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nINFO forged", "\u001b[31m", "{\"a\":1}", "\u00e4"})
    void anIdThatCouldForgeALogIsReplaced(String id) {
        assertThat(RequestId.of(id, null).value()).matches("req_[0-9a-f]{32}");
        assertThat(RequestId.of(id, "x".repeat(129)).value()).startsWith("req_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                XRAY,
                XRAY + ";Parent=53995c3f42cd8ad8;Sampled=1",
                "Self=1-67891234-12456789abcdef012345678;" + XRAY
            })
    void xraysHeaderIsRead(String header) {
        assertThat(TraceId.of(header, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .hex())
                .isEqualTo(HEX);
        assertThat(TraceId.of(header, null).xray()).isEqualTo(XRAY);
    }

    @Test
    void w3csHeaderIsRead() {
        assertThat(TraceId.of(null, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .hex())
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "Root=1-00000000-000000000000000000000000",
                "Root=2-5759e988-bd862e3fe1be46a994272793",
                "Root=1-5759e988-bd862e3fe1be46a99427279",
                "x"
            })
    void whatIsNoTraceBeginsANewOne(String header) {
        TraceId made = TraceId.of(header, header);

        assertThat(made.hex()).hasSize(32);
        assertThat(header).doesNotContain(made.hex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "app.localhost:3", "my.box:80"})
    void namesOfThisMachineAreAllowed(String host) {
        assertThat(HostRule.loopbackAnd(List.of("my.box")).allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "[::2]"
            })
    void otherNamesAreNot(String host) {
        assertThat(HostRule.loopbackAnd(List.of()).allows(host)).isFalse();
        assertThat(HostRule.loopbackAnd(List.of("*")).allows(host)).isTrue();
        assertThat(HostRule.any().allows(host)).isTrue();
    }
}
