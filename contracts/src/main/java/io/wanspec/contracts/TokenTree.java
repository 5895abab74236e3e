package io.wanspec.contracts;

/**
 * Tokens that continue one prefix on several branches.
 *
 * @param tokens of the nodes, each behind its parent
 * @param parents index of each node's parent, an earlier node; -1 for one right behind the prefix
 */
public record TokenTree(Tokens tokens, Ints parents) {
    /** Parent of a node right behind the prefix. */
    public static final int PREFIX = -1;

    private static final TokenTree NONE = new TokenTree(Tokens.none(), Ints.none());

    public TokenTree {
        if (parents.size() != tokens.size()) {
            throw new IllegalArgumentException(
                    "parents must have as many entries as tokens (" + tokens.size() + "), has " + parents.size());
        }
        for (int i = 0; i < parents.size(); i++) {
            if (parents.get(i) < PREFIX || parents.get(i) >= i) {
                throw new IllegalArgumentException(
                        "parents[" + i + "] must be an earlier node or -1, was " + parents.get(i));
            }
        }
    }

    public static TokenTree none() {
        return NONE;
    }

    /** A tree without branches. */
    public static TokenTree chain(Tokens tokens) {
        return tokens.isEmpty() ? NONE : new TokenTree(tokens, Ints.range(PREFIX, tokens.size() - 1));
    }

    public int size() {
        return tokens.size();
    }

    /** Length of the longest branch. */
    public int depth() {
        int[] depths = new int[size()];
        int deepest = 0;
        for (int i = 0; i < depths.length; i++) {
            depths[i] = parents.get(i) == PREFIX ? 1 : depths[parents.get(i)] + 1;
            deepest = Math.max(deepest, depths[i]);
        }
        return deepest;
    }

    /** The node behind {@code parent} (or {@link #PREFIX}) that holds {@code token}; -1 if there is none. */
    public int childOf(int parent, int token) {
        for (int i = parent + 1; i < size(); i++) {
            if (parents.get(i) == parent && tokens.get(i) == token) {
                return i;
            }
        }
        return -1;
    }

    /** How many of {@code path}'s first tokens are nodes of this tree, one behind the other. */
    public int depthOf(Tokens path) {
        int node = PREFIX;
        for (int i = 0; i < path.size(); i++) {
            node = childOf(node, path.get(i));
            if (node < 0) {
                return i;
            }
        }
        return path.size();
    }
}
