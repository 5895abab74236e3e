package io.wanspec.drafting;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;

/**
 * What a draft expects, as a function of the prefix: a few tokens in an order that the prefix's digest decides. Surprisals are
 * even, so that an odd floor is never hit exactly.
 */
record DraftText(int vocabulary, boolean forcing) {
    static final int END = 0;

    /** Where any token may follow. */
    DraftText(int vocabulary) {
        this(vocabulary, false);
    }

    /** The one token that may follow: behind half of all prefixes, if any. */
    int forced(long branch) {
        return forcing && Math.floorMod(branch >>> 4, 2L) == 0
                ? (int) Math.floorMod(branch, (long) vocabulary)
                : DraftWorker.NOT_FORCED;
    }

    Outlook outlook(long branch, int candidates) {
        if (forced(branch) != DraftWorker.NOT_FORCED) {
            return new Outlook(0, Tokens.of(forced(branch)), Ints.of(0));
        }
        int[] tokens = new int[candidates];
        int[] surprisals = new int[candidates];
        int first = (int) Math.floorMod(branch, (long) vocabulary);
        for (int i = 0; i < candidates; i++) {
            tokens[i] = (first + i) % vocabulary;
            surprisals[i] = (int) (2 * Math.floorMod(branch >>> 8, 450L) + 800L * i);
        }
        return new Outlook((int) Math.floorMod(branch >>> 20, 3_000L), Tokens.of(tokens), Ints.of(surprisals));
    }

    int firstChoice(Tokens prefix) {
        return outlook(Branch.of(prefix).digest(), 1).candidates().get(0);
    }

    void answer(DraftStep.Nodes nodes, int candidates, Outlooks out) {
        out.clear();
        for (long branch : nodes.branches()) {
            out.add(outlook(branch, candidates));
        }
    }
}
