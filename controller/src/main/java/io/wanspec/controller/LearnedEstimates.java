package io.wanspec.controller;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.estimate.ColocatedEstimate;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.controller.estimate.TargetEstimate;

/**
 * What earlier requests have taught: where a session begins with its estimates, and the guard that keeps speculation from
 * losing. One request of a few hundred tokens is too short to tell a loss of a few per cent from chance; many are not.
 *
 * <p>The guard is an integral controller. Whenever a request took longer than co-located speculation would have, by the same
 * request's own acceptance and pass times, the price of a busy-region pass falls, down to where the busy region drafts as B1
 * does, with the remote drafts on top. While requests are faster, the price rises to its setting
 * again. Where even that takes longer than decoding without drafts, speculation rests: all sessions decode plainly but for a few,
 * whose names choose them, and which find out when it pays again. So they all get what the better of both would give, whatever the
 * load, and no session has to know of the others.
 *
 * @param requests that were long enough to learn from
 * @param acceptance probability that the draft's first choice is accepted
 * @param tokenShare what a draft token adds to a target pass, as a share of an empty one
 * @param calibration factor on the drafts' surprisals, see {@link io.wanspec.controller.estimate.Calibration}
 * @param priceFactor what the setting's price is multiplied by, 0 to 1
 * @param paceRatio how long requests took compared to co-located speculation, smoothed
 * @param plainRatio how long requests took compared to plain decoding, smoothed
 * @param restRequests above 0 while speculation rests
 * @param load how loaded the last one found the target; other than the rest it is soon out of date
 */
public record LearnedEstimates(
        int requests,
        double acceptance,
        double tokenShare,
        double calibration,
        double priceFactor,
        double paceRatio,
        double plainRatio,
        int restRequests,
        LoadSeen load) {
    /** Requests with fewer tokens teach nothing but the load. */
    static final int TOKENS_MIN = 16;

    /** What the guard lets speculation take, compared to co-located speculation: a margin below 1 for what it gets wrong. */
    private static final double RATIO_MAX = 0.98;

    /** How strongly a request's loss moves the price in the long run, and how much more the first ones do. */
    private static final double PRICE_GAIN = 1;

    private static final double PRICE_GAIN_FIRST = 8;
    private static final double PRICE_FACTOR_MIN = 0.1;
    private static final double SMOOTHING = 0.1;

    /** Names that are alike must not try together. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int HIGH_BITS = 16;
    private static final double ACCEPTANCE_PRIOR = 0.6;
    private static final double TOKEN_SHARE_PRIOR = 0.005;

    /** A loss against plain decoding that is more than chance, and the gain that ends a rest. */
    private static final double PLAIN_RATIO_MAX = 1.04;

    private static final double PLAIN_RATIO_AGAIN = 0.98;

    /** One request that stood still must not decide for all. */
    private static final double PLAIN_RATIO_WORST = 1.5;

    /** Those that try speculation while it rests are few. */
    private static final double SMOOTHING_AT_REST = 0.25;

    private static final int REQUESTS_MIN = 5;

    /** While speculation rests, one request of so many tries it, and one of so many more where others share the target. */
    private static final int TRIES_ONE_OF = 16;

    private static final int OTHERS_MAX = 255;

    public LearnedEstimates {
        if (!(acceptance >= 0 && acceptance <= 1)
                || !(priceFactor >= 0 && priceFactor <= 1)
                || !(paceRatio >= 0 && plainRatio >= 0)) {
            throw new IllegalArgumentException("learned estimates have shares between 0 and 1");
        }
    }

    public static LearnedEstimates none() {
        return new LearnedEstimates(0, ACCEPTANCE_PRIOR, TOKEN_SHARE_PRIOR, 1, 1, 1, 1, 0, LoadSeen.nothing());
    }

    /** The same with another load. */
    public LearnedEstimates with(LoadSeen other) {
        return new LearnedEstimates(
                requests, acceptance, tokenShare, calibration, priceFactor, paceRatio, plainRatio, restRequests, other);
    }

    /** For a kind of request that has no lessons yet: its first ones outweigh what another kind has learned. */
    LearnedEstimates asBeginning() {
        return new LearnedEstimates(
                0, acceptance, tokenShare, calibration, priceFactor, paceRatio, plainRatio, restRequests, load);
    }

    /** Whether requests do without drafts, because they have only cost time. */
    public boolean isResting() {
        return restRequests > 0;
    }

    /** Whether this session does. Its name decides, so that those who try are spread over all functions, and known again when they are resumed. */
    boolean rests(SessionId session) {
        return isResting() && Math.floorMod((session.value().hashCode() * SPREAD) >>> HIGH_BITS, triesOneOf()) != 0;
    }

    /** A trial makes the passes longer for all who share them: however many they are, a sixteenth of one tries at a time. */
    private int triesOneOf() {
        return TRIES_ONE_OF * (1 + (int) Math.round(Math.min(load.others(), OTHERS_MAX)));
    }

    /** Why the guard keeps speculation back; empty while it does not. */
    public String reason() {
        if (isResting()) {
            return "speculation took %.2f times as long as plain decoding; one request of %d tries it"
                    .formatted(plainRatio, triesOneOf());
        }
        return priceFactor < 1
                ? "speculation was slower than co-located drafting; busy-region passes now cost %.2f of their price"
                        .formatted(priceFactor)
                : "";
    }

    /**
     * What another request adds.
     *
     * @param tokens that it yielded
     * @param nanos that they took
     * @param measured acceptance and pass times of this request
     * @param draftNanos of a busy-region draft pass
     */
    LearnedEstimates after(int tokens, long nanos, TargetEstimate measured, double draftNanos) {
        LoadSeen seen = measured.load().seen();
        if (tokens < TOKENS_MIN) {
            return with(seen);
        }
        double weight = Math.max(SMOOTHING, 1.0 / (requests + 1));
        double accepted = acceptance + weight * (measured.acceptanceOverall(acceptance) - acceptance);
        ColocatedEstimate colocated = ColocatedEstimate.of(accepted, measured, draftNanos);
        double perToken = (double) nanos / tokens;
        double pace = paceRatio + weight * (perToken / colocated.nanosPerToken() - paceRatio);
        double plain = plainAfter(Math.min(PLAIN_RATIO_WORST, perToken / measured.plainNanosPerToken()), weight);
        double gain = PRICE_GAIN + PRICE_GAIN_FIRST / (requests + 1);
        double factor = Math.clamp(priceFactor * Math.exp(-gain * (pace - RATIO_MAX)), PRICE_FACTOR_MIN, 1);
        boolean rests = requests + 1 >= REQUESTS_MIN && plain > (isResting() ? PLAIN_RATIO_AGAIN : PLAIN_RATIO_MAX);
        return new LearnedEstimates(
                requests + 1,
                accepted,
                tokenShare + weight * (measured.tokenShare() - tokenShare),
                measured.calibration().factor(),
                factor,
                pace,
                plain,
                rests ? 1 : 0,
                seen);
    }

    private double plainAfter(double ratio, double weight) {
        return plainRatio + (isResting() ? SMOOTHING_AT_REST : weight) * (ratio - plainRatio);
    }
}
