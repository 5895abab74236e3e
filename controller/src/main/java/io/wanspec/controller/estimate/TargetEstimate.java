package io.wanspec.controller.estimate;

import io.wanspec.contracts.PassLoad;

/** What is known of the target: how likely a draft token is accepted, how long a committed token takes, and a pass. */
public final class TargetEstimate {
    private static final double NANOS_PER_TOKEN_PRIOR = 20e6;
    private static final int FEW = 4;

    private final Average acceptance;
    private final Calibration calibration;
    private final Average nanosPerToken = new Average(NANOS_PER_TOKEN_PRIOR, 0.1);
    private final PassEstimate pass;
    private final LoadEstimate load;
    private final PlainPass plain = new PlainPass();
    private int judged;
    private int rounds;
    private int right;

    /**
     * @param acceptancePrior what earlier requests have seen
     * @param tokenSharePrior what they have found that a draft token adds to a pass, as a share of an empty one
     * @param calibrationFactor what they have found of the drafts' probabilities, see {@link Calibration}
     * @param loadBefore how loaded they have lately found it
     */
    public TargetEstimate(
            double acceptancePrior, double tokenSharePrior, double calibrationFactor, LoadSeen loadBefore) {
        load = new LoadEstimate(loadBefore);
        pass = new PassEstimate(tokenSharePrior);
        acceptance = new Average(acceptancePrior, 0.02, 20);
        calibration = new Calibration(calibrationFactor);
    }

    /** What is known of the drafts' probabilities. */
    public Calibration calibration() {
        return calibration;
    }

    /**
     * The draft's first choice was, or was not, what the target committed.
     *
     * @param predicted how likely that was
     */
    public void onFirstChoice(double predicted, boolean accepted) {
        calibration.onFirstChoice(predicted, accepted);
        acceptance.add(accepted ? 1 : 0);
        judged++;
        right += accepted ? 1 : 0;
    }

    /** Share of the draft's first choices that the target committed; {@code otherwise} if none was judged. */
    public double acceptanceOverall(double otherwise) {
        return judged == 0 ? otherwise : (double) right / judged;
    }

    /**
     * @param drafts that were put to the target
     * @param committed tokens of the round
     * @param passNanos from the question to the answer
     * @param roundNanos from the last answer to this one
     */
    public void onRound(int drafts, int committed, long passNanos, long roundNanos) {
        rounds++;
        pass.add(drafts, passNanos);
        nanosPerToken.add((double) roundNanos / committed);
    }

    /**
     * What the target says of a pass.
     *
     * @param of how loaded it was
     * @param passNanos that it took, without the way there and back and the wait before it
     * @param roundNanos from the last answer to this one; the first one's says nothing
     */
    public void onLoad(PassLoad of, long passNanos, long roundNanos) {
        plain.add(passNanos, rounds > 1 ? roundNanos : passNanos, of);
        load.add(of, passNanos);
    }

    /** What a token would take if nobody speculated; where the target says nothing, if it were asked for each. */
    public double plainNanosPerToken() {
        return plain.nanos((double) pass.nanos(0));
    }

    /** The same if this session alone stopped: others' drafts make the passes as long as before. */
    public double aloneInPlainNanosPerToken() {
        double plainNanos = plainNanosPerToken();
        return load.mix(plainNanos, Math.max(plainNanos, (double) load.passNanos()));
    }

    /** With whom the target is shared. */
    public LoadEstimate load() {
        return load;
    }

    /** Probability that a draft token is accepted, given that those before it were. */
    public double acceptance() {
        return acceptance.value();
    }

    public double nanosPerToken() {
        return Math.max(1, nanosPerToken.value());
    }

    /** From the question to the answer, by what this session's own passes took. */
    public long passNanos(int drafts) {
        return pass.nanos(drafts);
    }

    /** Of a pass with a few draft tokens; 0 if none was made. */
    public long measuredPassNanos() {
        return rounds == 0 ? 0 : pass.nanos(FEW);
    }

    /** What one more draft token adds to a pass, as a share of an empty one. */
    public double tokenShare() {
        return pass.tokenShare();
    }

    /**
     * The price of one more draft token: what it adds to a pass, for every session that this keeps waiting. All of them reckon
     * so, and each gets back from the others what it spares them. No pass takes so much longer: it is no time of one.
     */
    public double tokenPriceNanos() {
        if (load.othersShare() == 0) {
            return pass.tokenNanos();
        }
        return (load.rowNanos() > 0 ? load.rowNanos() : pass.tokenNanos()) * load.sessions();
    }
}
