package io.wanspec.drafting;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.FlagColumn;

/**
 * What a worker knows of its model's cache of keys and values: how many committed tokens it holds, how many draft tokens behind
 * them, and what has to be forwarded first before a draft token can be. The cache itself is the model's.
 */
final class DraftCache {
    /** Draft tokens in the cache at which a worker waits for the target to decide about some. */
    private static final int NODES_MAX = 768;

    private final TokenPath committed;
    private final DraftTree tree;
    private final FlagColumn forwarded;
    private final int promptTokens;
    private final int fillTokensMax;

    /** How many committed tokens the cache holds, the pass under way included. */
    private int held;

    /** How many of those the cache itself knows to be committed; the others are nodes to it. */
    private int settled;

    /** How many nodes the cache holds behind {@link #settled}, the pass under way included. */
    private int nodes;

    /**
     * @param forwarded nodes whose keys and values the cache holds, or will when the pass under way ends
     * @param fillTokensMax most tokens of a pass that only fills the cache
     */
    DraftCache(TokenPath committed, DraftTree tree, FlagColumn forwarded, int promptTokens, int fillTokensMax) {
        this.committed = committed;
        this.tree = tree;
        this.forwarded = forwarded;
        this.promptTokens = promptTokens;
        this.fillTokensMax = fillTokensMax;
    }

    /** Before the first pass: the cache holds this much of the opened prefix already. */
    void holdsAtFirst(int tokens) {
        held = Math.min(tokens, promptTokens - 1);
        settled = held;
    }

    /** These tokens will be committed next: those that it holds as nodes, one behind the other, are held. */
    void beforeCommit(Tokens tokens) {
        int node = tree.root();
        for (int i = 0; i < tokens.size() && held == committed.size() + i; i++) {
            node = tree.child(node, tokens.get(i));
            if (node == DraftTree.NONE || !forwarded.isSet(node)) {
                break;
            }
            held++;
        }
    }

    /** The token behind the committed ones always has a place: with it the cache forgets what it contradicts. */
    boolean hasRoom() {
        return !forwarded.isSet(tree.root()) || nodesKept() < NODES_MAX;
    }

    /** With the next pass the cache learns what is committed, and forgets the rest. */
    private int nodesKept() {
        return held > settled ? forwardedBelow(tree.root()) : nodes;
    }

    private int forwardedBelow(int node) {
        int count = 0;
        for (int child = tree.firstChild(node); child != DraftTree.NONE; child = tree.nextSibling(child)) {
            count += forwarded.isSet(child) ? 1 + forwardedBelow(child) : 0;
        }
        return count;
    }

    /** Whether it lacks so many committed tokens that they need a pass of their own. */
    boolean mustFill() {
        return held < promptTokens - 1 || committed.size() - held > fillTokensMax;
    }

    DraftStep.Fill fill() {
        // The cache forgets its nodes; those that are committed by now go again.
        held = settled;
        nodes = 0;
        int limit = held < promptTokens - 1 ? promptTokens - 1 : committed.size() - 1;
        return new DraftStep.Fill(held, committed.slice(held, Math.min(limit, held + fillTokensMax)));
    }

    void filled(DraftStep.Fill step) {
        held = Math.max(held, step.from() + step.tokens().size());
        settled = held;
    }

    /** A pass over nodes begins. */
    PassBuilder newPass() {
        nodes = nodesKept();
        return new PassBuilder(
                tree, forwarded, committed.branchBefore(committed.size() - 1).digest());
    }

    /** Committed tokens before the root that the cache lacks go first. */
    void catchUp(PassBuilder pass) {
        for (int position = held; position < committed.size() - 1; position++) {
            pass.addCommitted(
                    committed.branchBefore(position + 1).digest(),
                    committed.branchBefore(position).digest(),
                    committed.token(position),
                    position);
        }
    }

    /** The pass has all its nodes. */
    DraftStep.Grow grow(PassBuilder pass) {
        long[] nowSettled = new long[held - settled];
        for (int i = 0; i < nowSettled.length; i++) {
            nowSettled[i] = committed.branchBefore(settled + i + 1).digest();
        }
        settled = held;
        nodes += pass.size();
        if (forwarded.isSet(tree.root())) {
            held = committed.size();
        }
        return new DraftStep.Grow(nowSettled, pass.nodes());
    }

    /** The committed tokens that the cache holds and knows to be committed. */
    Tokens settledTokens() {
        return committed.slice(0, Math.min(settled, committed.size()));
    }
}
