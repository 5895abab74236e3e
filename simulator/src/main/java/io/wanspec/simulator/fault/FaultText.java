package io.wanspec.simulator.fault;

import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.text.Text;

/**
 * A target and its draft over few tokens, so that wrong branches often look like right ones; the sequence may end.
 *
 * @param seed of the text
 * @param vocabulary number of tokens beside {@link #END}, at least as many as a draft names candidates
 * @param acceptance probability that the draft's first choice is the target's
 * @param endChance probability of {@link #END} behind any prefix
 */
record FaultText(long seed, int vocabulary, double acceptance, double endChance) implements Text {
    static final int END = 0;
    private static final int RANKS = 12;
    private static final double UNIT = 0x1.0p-53;

    @Override
    public int target(long branch, int position) {
        return unit(branch, 1) < endChance ? END : 1 + (int) (unit(branch, 2) * vocabulary);
    }

    @Override
    public void outlook(long branch, int position, int candidates, Outlooks out) {
        int target = target(branch, position);
        int rank = unit(branch, 3) < acceptance ? 0 : 1 + (int) (unit(branch, 4) * RANKS);
        out.begin((int) (unit(branch, 5) * 3_000));
        for (int i = 0; i < candidates; i++) {
            int nats = (int) (200 + 700 * i + unit(branch, 6) * 900);
            out.candidate(Math.floorMod(target + i - rank, vocabulary + 1), nats);
        }
    }

    /** Some tokens complete no character. */
    static String piece(int token) {
        return token == END || token % 7 == 0 ? "" : Character.toString('a' + token % 6);
    }

    private double unit(long branch, int salt) {
        long z = branch + seed * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * UNIT;
    }
}
