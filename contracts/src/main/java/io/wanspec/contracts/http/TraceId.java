package io.wanspec.contracts.http;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What joins the logs of gateway, function and model servers that served one request.
 *
 * @param hex 32 lowercase hexadecimal digits, not all 0, as in W3C's trace context; X-Ray writes the same digits with hyphens
 */
public record TraceId(String hex) {
    /** X-Ray's header, which API Gateway and Lambda set: {@code Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1}. */
    public static final String XRAY_HEADER = "x-amzn-trace-id";

    /** W3C's header: {@code 00-<trace>-<parent>-<flags>}. */
    public static final String W3C_HEADER = "traceparent";

    private static final int EPOCH_DIGITS = 8;
    private static final int HEADER_LENGTH_MAX = 512;
    private static final Pattern HEX = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern XRAY =
            Pattern.compile("(?:^|.*;\\s*)Root=1-([0-9a-fA-F]{8})-([0-9a-fA-F]{24})(?:;.*)?$");
    private static final Pattern W3C =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    public TraceId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a trace id has 32 hexadecimal digits, not all 0");
        }
    }

    /**
     * The trace that a request belongs to already, or a new one. X-Ray's header wins: where there is one, the platform before
     * us logs it.
     */
    public static TraceId of(@Nullable String xray, @Nullable String w3c) {
        return ofXray(xray).or(() -> ofW3c(w3c)).orElseGet(TraceId::fresh);
    }

    public static TraceId fresh() {
        String random = UUID.randomUUID().toString().replace("-", "");
        String seconds = String.format(Locale.ROOT, "%08x", System.currentTimeMillis() / 1_000);
        return new TraceId(seconds + random.substring(EPOCH_DIGITS));
    }

    /** Value of {@link #XRAY_HEADER}. */
    public String xray() {
        return "Root=1-" + hex.substring(0, EPOCH_DIGITS) + "-" + hex.substring(EPOCH_DIGITS);
    }

    private static Optional<TraceId> ofXray(@Nullable String header) {
        return match(XRAY, header).map(m -> m.group(1) + m.group(2)).flatMap(TraceId::ofHex);
    }

    private static Optional<TraceId> ofW3c(@Nullable String header) {
        return match(W3C, header).map(m -> m.group(1)).flatMap(TraceId::ofHex);
    }

    private static Optional<TraceId> ofHex(String hex) {
        return Optional.of(hex.toLowerCase(Locale.ROOT))
                .filter(digits -> HEX.matcher(digits).matches())
                .map(TraceId::new);
    }

    private static Optional<Matcher> match(Pattern pattern, @Nullable String header) {
        return Optional.ofNullable(header)
                .filter(text -> text.length() <= HEADER_LENGTH_MAX)
                .map(pattern::matcher)
                .filter(Matcher::matches);
    }

    @Override
    public String toString() {
        return hex;
    }
}
