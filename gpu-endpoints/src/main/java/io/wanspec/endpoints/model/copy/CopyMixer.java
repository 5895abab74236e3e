package io.wanspec.endpoints.model.copy;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.Pass;
import org.jspecify.annotations.Nullable;

/**
 * Mixes copies into rows of logits. With {@code u = logits / t} at the draft's own temperature t, giving the share a of all
 * probability to a token raises its u to {@code log(e^u + a / (1 - a) * sum(e^u))} and leaves the others.
 *
 * <p>Not thread-safe: each thread keeps its own instance.
 */
public final class CopyMixer {
    /** Logits so far below the highest are left out of the sums, of which in real rows they are less than a hundredth. */
    private static final double NEGLIGIBLE = 10;

    private final CopyShares shares;
    private final Proposals proposals;
    private float[] row = new float[0];

    /** @param proposals the token of each column of the draft's logits */
    public CopyMixer(CopyShares shares, Proposals proposals) {
        this.shares = shares;
        this.proposals = proposals;
    }

    /**
     * A row with its copy mixed in, valid until the next call.
     *
     * @param logits {@code columns} values from {@code offset}
     * @param proposals the token of each column; the last may be a token that the draft itself never proposes
     * @param entropy of the softmax at temperature 1, in nats
     */
    @SuppressWarnings("ArrayRecordComponent") // a view, never compared
    public record Row(float[] logits, int offset, int columns, Proposals proposals, float entropy) {
        /** The likeliest next tokens for {@code position}, at most {@code count}. */
        public Candidates candidates(CoupledSampler sampler, SamplingOptions options, int position, int count) {
            return sampler.candidates(logits, offset, columns, proposals, options, position, Math.min(count, columns));
        }
    }

    /** A row of a pass, as the general form. */
    public Row mix(Pass pass, int row, @Nullable Copy copy) {
        int columns = pass.vocabulary();
        return mix(pass.logits(), pass.offset(row), columns, pass.entropies()[row], copy);
    }

    /**
     * @param logits {@code columns} values from {@code offset}
     * @param entropy of their softmax at temperature 1, in nats
     * @param copy null if there is nothing to copy
     */
    public Row mix(float[] logits, int offset, int columns, float entropy, @Nullable Copy copy) {
        double share = copy == null ? 0 : shares.of(copy.agreed());
        if (copy == null || share == 0) {
            return new Row(logits, offset, columns, proposals, entropy);
        }
        int own = proposals.column(copy.token());
        int column = own < 0 ? columns : own;
        int size = own < 0 ? columns + 1 : columns;
        copyOf(logits, offset, columns);
        double top = max(columns);
        Mass mass = new Mass(top, columns, column < columns ? row[column] : Double.NEGATIVE_INFINITY);
        row[column] = (float) mass.raised(share / (1 - share));
        return new Row(
                row, 0, size, own < 0 ? proposals.then(copy.token()) : proposals, mass.entropy(entropy, row[column]));
    }

    private void copyOf(float[] logits, int offset, int columns) {
        if (row.length <= columns) {
            row = new float[columns + 1];
        }
        System.arraycopy(logits, offset, row, 0, columns);
    }

    private double max(int columns) {
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < columns; i++) {
            top = Math.max(top, row[i]);
        }
        return top;
    }

    /** What the row weighs before one logit is raised; {@code logit} is that one, minus infinity if it is a new column. */
    private final class Mass {
        private final double top;
        private final double logit;

        /** Sum of e^((logit - top) / t) at the draft's temperature t, and the same at 1. */
        private double tempered;

        private double plain;

        Mass(double top, int columns, double logit) {
            this.top = top;
            this.logit = logit;
            double t = shares.temperature();
            float floor = (float) (top - NEGLIGIBLE * Math.max(1, t));
            for (int i = 0; i < columns; i++) {
                float below = row[i];
                if (below >= floor) {
                    tempered += Math.exp((below - top) / t);
                    plain += Math.exp(below - top);
                }
            }
        }

        double raised(double odds) {
            double t = shares.temperature();
            return top + t * Math.log(Math.exp((logit - top) / t) + odds * tempered);
        }

        /** With z = logit - top and S the sum of e^z, the entropy is log S less the mean of z: one term of each changes. */
        float entropy(double before, double raised) {
            double old = Math.exp(logit - top);
            double added = Math.exp(raised - top);
            double sum = (Math.log(plain) - before) * plain;
            double total = plain - old + added;
            double changed = sum - (old > 0 ? (logit - top) * old : 0) + (raised - top) * added;
            return (float) Math.max(0, Math.log(total) - changed / total);
        }
    }
}
