package io.wanspec.endpoints.target;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;

/**
 * What of a tree the target can agree with: a hostile worker may guess ids that do not exist or the same one twice, and honest
 * ones may run past the context. Such a node goes with everything behind it; the other branches stay.
 */
final class Possible {
    private static final int IMPOSSIBLE = -2;

    private final TokenTree drafts;
    private final int vocabulary;
    private final int room;
    private final int[] tokens;
    private final int[] parents;
    private final int[] depths;

    /** Of each node of {@link #drafts} its new number. */
    private final int[] renamed;

    private int size;

    private Possible(TokenTree drafts, int vocabulary, int room) {
        this.drafts = drafts;
        this.vocabulary = vocabulary;
        this.room = room;
        tokens = new int[drafts.size()];
        parents = new int[drafts.size()];
        depths = new int[drafts.size()];
        renamed = new int[drafts.size()];
    }

    /**
     * @param vocabulary ids from here on do not exist
     * @param room deepest that a node may lie behind the prefix, in tokens
     */
    static TokenTree of(TokenTree drafts, int vocabulary, int room) {
        Possible possible = new Possible(drafts, vocabulary, room);
        for (int node = 0; node < drafts.size(); node++) {
            possible.renamed[node] = possible.offer(node);
        }
        return possible.size == drafts.size() ? drafts : possible.tree();
    }

    /** @return the node's new number, or {@link #IMPOSSIBLE} */
    private int offer(int node) {
        int behind = drafts.parents().get(node);
        int parent = behind == TokenTree.PREFIX ? TokenTree.PREFIX : renamed[behind];
        if (parent == IMPOSSIBLE) {
            return IMPOSSIBLE;
        }
        int depth = parent == TokenTree.PREFIX ? 1 : depths[parent] + 1;
        int token = drafts.tokens().get(node);
        if (token >= vocabulary || depth > room || isHeld(parent, token)) {
            return IMPOSSIBLE;
        }
        tokens[size] = token;
        parents[size] = parent;
        depths[size] = depth;
        return size++;
    }

    private boolean isHeld(int parent, int token) {
        for (int i = 0; i < size; i++) {
            if (parents[i] == parent && tokens[i] == token) {
                return true;
            }
        }
        return false;
    }

    private TokenTree tree() {
        return new TokenTree(Tokens.of(tokens, size), Ints.of(parents, size));
    }
}
