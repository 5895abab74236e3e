package io.wanspec.simulator.trace;

import io.wanspec.contracts.Require;
import io.wanspec.contracts.SamplingOptions;
import java.util.List;

/**
 * What a trace was recorded with.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format, always {@value #VERSION}
 * @param target name of the target, 1 to {@value #NAME_LENGTH_MAX} characters, as is {@code draft}
 * @param temperatures that requests were made at, each 0 to 2
 * @param maxTokens of a request, 1 to {@link TraceRequest#TOKENS_MAX}
 * @param targetPassMs what verification takes, by tokens: the committed one and those it proposes
 * @param draftPassMs what a pass of the draft takes, by nodes
 */
public record TraceHeader(
        String format,
        int version,
        String target,
        String draft,
        List<Double> temperatures,
        int maxTokens,
        PassTable targetPassMs,
        PassTable draftPassMs) {
    public static final String FORMAT = "wanspec-trace";
    public static final int VERSION = 1;
    static final int NAME_LENGTH_MAX = 4_096;
    private static final int TEMPERATURES_MAX = 100;

    public TraceHeader {
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("format must be '" + FORMAT + "', was '" + shortened(format) + "'");
        }
        if (version != VERSION) {
            throw new IllegalArgumentException("version must be " + VERSION + ", was " + version
                    + "; record the trace anew with ./wanspec record");
        }
        requireName("target", target);
        requireName("draft", draft);
        temperatures = List.copyOf(temperatures);
        Require.within("the number of temperatures", temperatures.size(), 1, TEMPERATURES_MAX);
        temperatures.forEach(t -> requireTemperature("temperatures", t));
        Require.within("maxTokens", maxTokens, 1, TraceRequest.TOKENS_MAX);
    }

    /** A header of this version. */
    public static TraceHeader of(
            String target,
            String draft,
            List<Double> temperatures,
            int maxTokens,
            PassTable targetPassMs,
            PassTable draftPassMs) {
        return new TraceHeader(FORMAT, VERSION, target, draft, temperatures, maxTokens, targetPassMs, draftPassMs);
    }

    private static void requireName(String field, String name) {
        Require.within("the length of " + field, name.length(), 1, NAME_LENGTH_MAX);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    static void requireTemperature(String field, double value) {
        if (!(value >= 0 && value <= SamplingOptions.TEMPERATURE_MAX)) {
            throw new IllegalArgumentException(field + " must be between 0 and 2, was " + value);
        }
    }
}
