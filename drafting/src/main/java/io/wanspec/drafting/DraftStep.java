package io.wanspec.drafting;

import io.wanspec.contracts.Tokens;

/** What a draft worker wants from its model next. */
public sealed interface DraftStep {
    /** Nothing: wait for the controller. */
    record Rest() implements DraftStep {}

    /**
     * A pass that only fills the cache with committed tokens.
     *
     * @param from how many tokens the cache knows to be committed; its nodes may be forgotten
     * @param tokens what follows them, at least one
     */
    record Fill(int from, Tokens tokens) implements DraftStep {}

    /**
     * A pass over nodes of the tree of draft tokens: what follows each of them?
     *
     * @param settled digests of nodes that the cache holds and that are committed now, a path behind what was committed in
     *     the cache before; draft tokens that do not follow from them are of no use any more
     * @param nodes what to forward, at least one, parents first
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Grow(long[] settled, Nodes nodes) implements DraftStep {}

    /**
     * Nodes in columns. Arrays because a worker goes through many; nobody else holds them.
     *
     * @param branches digest of the prefix that ends with the node's token
     * @param parents digest of the prefix before it: of a node in the cache, an earlier one of this pass, or of what is
     *     committed in the cache
     * @param tokens of the nodes
     * @param positions of those tokens
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Nodes(long[] branches, long[] parents, int[] tokens, int[] positions) {
        /** How many. */
        public int size() {
            return branches.length;
        }
    }
}
