package io.wanspec.endpoints.model;

import io.wanspec.contracts.Branch;
import java.util.List;

/**
 * A tree of tokens behind a sequence, whose nodes stay cached from pass to pass: a draft follows several continuations at once
 * and keeps those that the target confirms.
 *
 * <p>Nodes are named by content, by the branch through them. Their logits are the model's up to rounding, <em>not</em> the
 * bits of {@link Sequence#append}: how their sums are formed depends on the tree. The same goes for all that follows a commit,
 * so this is for drafts, whose tokens are verified.
 */
public interface Branches {
    /** Most nodes held at a time. */
    int NODES_MAX = 1_024;

    /** A token behind the prefix that {@code parent} names. */
    record Node(Branch parent, int token) {
        /** Names the prefix that ends with this node. */
        public Branch branch() {
            return parent.then(token);
        }
    }

    /** The sequence's tokens; a node behind them has this parent. */
    Branch trunk();

    /** Nodes held, at most {@link #NODES_MAX}. */
    int size();

    /** Whether a node of that name is held. */
    boolean holds(Branch branch);

    /**
     * One pass over new nodes, which are held from then on.
     *
     * @param nodes each behind the trunk, a held node, or an earlier one of {@code nodes}; none held already
     * @return logits of each
     * @throws IllegalArgumentException if a node's parent is unknown, a node is held already, the tree would become too large,
     *     or the context would overflow; nothing has changed then
     */
    Pass grow(List<Node> nodes);

    /**
     * The path down to {@code end} becomes part of the sequence, without computation. Nodes below {@code end} stay, all others
     * are forgotten.
     *
     * @param end a held node, or the trunk, which changes nothing
     */
    void commit(Branch end);

    /** Forgets a node and all that is below it; everything, if it is the trunk. */
    void forget(Branch branch);
}
