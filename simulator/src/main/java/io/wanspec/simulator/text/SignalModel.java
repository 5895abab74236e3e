package io.wanspec.simulator.text;

import io.wanspec.contracts.Tokens;

/**
 * How the draft's uncertainty goes with its being right. The uncertainty is a signal x, standard normal in {@link #BINS}
 * quantile bins; the draft's first choice is the target's with probability sigmoid(a - b x), the second to fourth with
 * probabilities that keep their shares of the mismatches and never exceed the first's. The slope b follows from the wanted
 * AUC, the intercept a from the wanted mean.
 *
 * <p>After the exploratory study's token model; the real ones are recorded traces.
 */
public final class SignalModel implements Language {
    /** Quantile bins of the signal. */
    public static final int BINS = 128;

    private static final double P_MIN = 1e-4;
    private static final double P_MAX = 0.9995;
    private static final int CHOICES = 4;

    private final double[][] probabilities = new double[BINS][CHOICES];
    private final int[][] surprisals = new int[BINS][CHOICES];
    private final double acceptance;
    private final double auc;

    /**
     * @param acceptance mean probability that the first choice is right, above 0 and below 1
     * @param auc of the signal predicting a rejection; 0.5 for a signal that says nothing
     * @param shares of the mismatches in which the second, third and fourth choice is right
     */
    public SignalModel(double acceptance, double auc, double... shares) {
        if (!(acceptance > 0 && acceptance < 1) || !(auc >= 0.5 && auc < 1) || shares.length != CHOICES - 1) {
            throw new IllegalArgumentException(
                    "acceptance must be in (0, 1), auc in [0.5, 1), with three shares; was " + acceptance + ", " + auc);
        }
        this.acceptance = acceptance;
        this.auc = auc;
        double[] signal = signal();
        double slope = auc == 0.5 ? 0 : slopeFor(auc, acceptance, signal);
        double intercept = interceptFor(slope, acceptance, signal);
        for (int bin = 0; bin < BINS; bin++) {
            probabilities[bin][0] = Math.clamp(sigmoid(intercept - slope * signal[bin]), P_MIN, P_MAX);
        }
        spread(shares);
        for (int bin = 0; bin < BINS; bin++) {
            for (int rank = 0; rank < CHOICES; rank++) {
                double p = Math.max(probabilities[bin][rank], P_MIN / 10);
                surprisals[bin][rank] = (int) Math.round(-Math.log(p) * 1e3);
            }
        }
    }

    /** Minus the logarithm of {@link #probability}, in thousandths of a nat. */
    int surprisalMilliNats(int bin, int rank) {
        return surprisals[bin][rank];
    }

    /** A text for each seed, whatever the prompt. */
    @Override
    public Text text(Tokens prompt, long seed) {
        return new SyntheticText(this, seed);
    }

    @Override
    public double acceptance() {
        return acceptance;
    }

    public double auc() {
        return auc;
    }

    /** Probability that the draft's choice of this rank (0 to 3) is the target's where the signal lies in this bin. */
    public double probability(int bin, int rank) {
        return probabilities[bin][rank];
    }

    /** The rank of the target's token for a uniform number in [0, 1); 4 if it is none of the four choices. */
    int rankAt(int bin, double uniform) {
        double sum = 0;
        for (int rank = 0; rank < CHOICES; rank++) {
            sum += probabilities[bin][rank];
            if (uniform < sum) {
                return rank;
            }
        }
        return CHOICES;
    }

    private void spread(double[] shares) {
        double wanted = 0;
        for (double share : shares) {
            wanted += share;
        }
        double factor = 1;
        for (int round = 0; round < 60; round++) {
            double mismatches = 0;
            double covered = 0;
            for (double[] row : probabilities) {
                covered += fill(row, shares, factor);
                mismatches += 1 - row[0];
            }
            factor = Math.min(3, factor * wanted * mismatches / covered);
        }
    }

    /** @return how much the lower choices cover */
    private static double fill(double[] row, double[] shares, double factor) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            row[i + 1] = Math.min((1 - row[0]) * shares[i] * factor, row[0]);
            sum += row[i + 1];
        }
        double scale = Math.min(1, (1 - row[0]) / Math.max(sum, 1e-12));
        for (int i = 1; i < row.length; i++) {
            row[i] *= scale;
        }
        return sum * scale;
    }

    private static double slopeFor(double auc, double acceptance, double[] signal) {
        double low = 0;
        double high = 12;
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (aucOf(middle, acceptance, signal) < auc) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double aucOf(double slope, double acceptance, double[] signal) {
        double intercept = interceptFor(slope, acceptance, signal);
        double accepted = 0;
        double rejected = 0;
        double ordered = 0;
        for (double x : signal) {
            double p = sigmoid(intercept - slope * x);
            ordered += (1 - p) * (accepted + p / 2);
            accepted += p;
            rejected += 1 - p;
        }
        return ordered / (rejected * accepted);
    }

    private static double interceptFor(double slope, double acceptance, double[] signal) {
        double low = -20;
        double high = 40;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            double mean = 0;
            for (double x : signal) {
                mean += sigmoid(middle - slope * x) / signal.length;
            }
            if (mean < acceptance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] signal() {
        double[] signal = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            signal[i] = Normal.quantile((i + 0.5) / BINS);
        }
        return signal;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
