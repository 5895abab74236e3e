package io.wanspec.drafting;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import java.util.Arrays;

/** A growing sequence of tokens that can name each of its prefixes; what a draft worker knows to be committed. */
final class TokenPath {
    private int[] ids;
    private Branch[] branches;
    private int size;

    TokenPath(Tokens tokens) {
        ids = new int[tokens.size() + 64];
        branches = new Branch[ids.length + 1];
        branches[0] = Branch.ROOT;
        append(tokens);
    }

    int size() {
        return size;
    }

    int token(int position) {
        return ids[position];
    }

    Tokens slice(int from, int to) {
        return Tokens.of(Arrays.copyOfRange(ids, from, to));
    }

    /** The branch before {@code position}. */
    Branch branchBefore(int position) {
        return branches[position];
    }

    boolean holds(int position, Branch branch) {
        return position <= size && branches[position].equals(branch);
    }

    /** How many of {@code tokens} agree with what is held from {@code position} on. */
    int agreed(int position, Tokens tokens) {
        int limit = Math.min(tokens.size(), size - position);
        int agreed = 0;
        while (agreed < limit && ids[position + agreed] == tokens.get(agreed)) {
            agreed++;
        }
        return agreed;
    }

    void append(int token) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            branches = Arrays.copyOf(branches, size * 2 + 1);
        }
        ids[size] = token;
        branches[size + 1] = branches[size].then(token);
        size++;
    }

    void append(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            append(tokens.get(i));
        }
    }
}
