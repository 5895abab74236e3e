package io.wanspec.contracts;

/**
 * How a draft worker shall spend its passes on its own: best-first by path probability, within these bounds.
 *
 * @param draftUpTo first position that it may not draft; with no position free it runs no pass at all
 * @param passNodes most tokens that one pass forwards, 1 for a chain
 * @param candidates next tokens reported behind each forwarded one, best first; 1 for a chain
 * @param floorMilliNats branches less likely than this (surprisal relative to the committed prefix, in thousandths of a
 *     nat) are not followed
 * @param share which of {@code shares} complementary workers this is, from 0: alternatives are divided among them
 * @param shares how many workers draft for this session in this way, at least 1
 */
public record DraftPlan(int draftUpTo, int passNodes, int candidates, int floorMilliNats, int share, int shares) {
    public DraftPlan {
        require("draftUpTo", draftUpTo, 0, Limits.SEQUENCE_TOKENS_MAX);
        require("passNodes", passNodes, 1, Limits.PASS_NODES_MAX);
        require("candidates", candidates, 1, Limits.CANDIDATES_MAX);
        require("floorMilliNats", floorMilliNats, 0, Limits.FLOOR_MILLI_NATS_MAX);
        require("shares", shares, 1, Limits.SHARES_MAX);
        require("share", share, 0, shares - 1);
    }

    /** One draft token a pass, each behind the last. */
    public static DraftPlan chain(int draftUpTo) {
        return new DraftPlan(draftUpTo, 1, 1, Limits.FLOOR_MILLI_NATS_MAX, 0, 1);
    }

    private static void require(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
