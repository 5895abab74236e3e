package io.wanspec.controller.policy;

/**
 * How far ahead of the committed prefix a remote worker shall draft: what the target commits while a frame is under way, and
 * behind that as many draft tokens as have a fair chance of being reached. Those beyond cost passes and bytes and are never
 * used.
 */
public final class WindowRule {
    /** Draft tokens that are less likely to be reached than this are not worth a pass. */
    private static final double CHANCE_MIN = 0.02;

    private static final int WINDOW_MIN = 4;

    private WindowRule() {}

    /**
     * @param limit most that the settings allow
     * @param acceptance probability that a draft token is accepted, given that those before it were
     * @param roundTripNanos to the worker and back
     * @param nanosPerToken what the target takes for a token at present
     */
    public static int window(int limit, double acceptance, long roundTripNanos, double nanosPerToken) {
        double reachable = Math.log(CHANCE_MIN) / Math.log(Math.clamp(acceptance, 0.01, 0.99));
        double wanted = Math.ceil(roundTripNanos / nanosPerToken + reachable);
        return (int) Math.clamp(wanted, Math.min(WINDOW_MIN, limit), limit);
    }
}
