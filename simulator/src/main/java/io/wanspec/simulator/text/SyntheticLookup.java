package io.wanspec.simulator.text;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.lookup.FreeDrafter;

/** Stands for prompt lookup where the text is made of hashes, in which nothing recurs: each draft token is right by chance. */
public final class SyntheticLookup implements FreeDrafter {
    private static final double UNIT = 0x1.0p-53;
    private static final int SALT = 77;

    private final Text text;
    private final double acceptance;
    private long branch = Branch.ROOT.digest();
    private int size;

    /** @param acceptance probability that a draft token is right, given that those before it were */
    public SyntheticLookup(Text text, double acceptance) {
        this.text = text;
        this.acceptance = acceptance;
    }

    @Override
    public void onCommitted(Tokens tokens) {
        branch = after(branch, tokens);
        size += tokens.size();
    }

    @Override
    public Tokens continuation(Tokens path, int most) {
        int[] drafts = new int[most];
        long at = after(branch, path);
        for (int i = 0; i < most; i++) {
            boolean right = (Branch.then(at, SALT) >>> 11) * UNIT < acceptance;
            drafts[i] = right ? text.target(at, size + path.size() + i) : Integer.MAX_VALUE - 1;
            at = Branch.then(at, drafts[i]);
        }
        return Tokens.of(drafts);
    }

    private static long after(long branch, Tokens tokens) {
        long digest = branch;
        for (int i = 0; i < tokens.size(); i++) {
            digest = Branch.then(digest, tokens.get(i));
        }
        return digest;
    }
}
