package io.wanspec.endpoints.verification;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;

/**
 * The part of a tree that a target can verify. Draft tokens that do not exist, that stand twice behind the same parent, that
 * reach past the context, or that are off the text's grammar are dropped with everything behind them; the other branches stay. A hostile
 * worker may send such trees, an honest one those past the context, and those off a grammar that its version does not know.
 */
final class VerifiableDrafts {
    private static final int DROPPED = -2;

    private final TokenTree drafts;
    private final int vocabulary;
    private final int room;
    private final Follower follower;
    private final int[] tokens;
    private final int[] parents;
    private final int[] depths;

    /** Of each node of {@link #drafts} its new number. */
    private final int[] renamed;

    private int size;

    /** Whether a token may follow. */
    interface Follower {
        /** @param behind the draft tokens between the prefix and it */
        boolean mayFollow(Tokens behind, int token);
    }

    private VerifiableDrafts(TokenTree drafts, int vocabulary, int room, Follower follower) {
        this.drafts = drafts;
        this.vocabulary = vocabulary;
        this.room = room;
        this.follower = follower;
        tokens = new int[drafts.size()];
        parents = new int[drafts.size()];
        depths = new int[drafts.size()];
        renamed = new int[drafts.size()];
    }

    /**
     * @param vocabulary ids from here on do not exist
     * @param room deepest that a node may lie behind the prefix, in tokens
     */
    static TokenTree of(TokenTree drafts, int vocabulary, int room, Follower follower) {
        VerifiableDrafts verifiable = new VerifiableDrafts(drafts, vocabulary, room, follower);
        for (int node = 0; node < drafts.size(); node++) {
            verifiable.renamed[node] = verifiable.offer(node);
        }
        return verifiable.size == drafts.size() ? drafts : verifiable.tree();
    }

    /** @return the node's new number, or {@link #DROPPED} */
    private int offer(int node) {
        int behind = drafts.parents().get(node);
        int parent = behind == TokenTree.PREFIX ? TokenTree.PREFIX : renamed[behind];
        if (parent == DROPPED) {
            return DROPPED;
        }
        int depth = parent == TokenTree.PREFIX ? 1 : depths[parent] + 1;
        int token = drafts.tokens().get(node);
        if (token >= vocabulary || depth > room || isHeld(parent, token) || !follower.mayFollow(path(parent), token)) {
            return DROPPED;
        }
        tokens[size] = token;
        parents[size] = parent;
        depths[size] = depth;
        return size++;
    }

    /** The tokens down to a node that is kept. */
    private Tokens path(int node) {
        int[] path = new int[node == TokenTree.PREFIX ? 0 : depths[node]];
        int at = node;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = tokens[at];
            at = parents[at];
        }
        return Tokens.of(path);
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
