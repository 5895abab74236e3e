package io.wanspec.controller.policy;

import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.NodeHeap;
import io.wanspec.controller.tree.Selection;

/** Which known draft tokens go into a round: those likely enough to be worth the target's time for one more token. */
public final class VerifyRule {
    private VerifyRule() {}

    /**
     * The draft's first choices, as far as they are worth it.
     *
     * @param tokensMax most nodes
     * @param probabilityMin a node less likely than this ends the chain, unless it is the first
     */
    public static Selection chain(DraftTree tree, int tokensMax, double probabilityMin) {
        Selection chosen = new Selection(tree);
        double limit = -Math.log(probabilityMin);
        int node = tree.root();
        while (chosen.size() < tokensMax && !tree.isLeaf(node)) {
            node = tree.bestChild(node);
            if (chosen.size() > 0 && tree.surprisal(node) > limit) {
                break;
            }
            chosen.add(node);
        }
        return chosen;
    }

    /** The likeliest nodes on all branches. A node is never likelier than its parent, so parents come first. */
    public static Selection tree(DraftTree tree, int tokensMax, double probabilityMin) {
        Selection chosen = new Selection(tree);
        double limit = -Math.log(probabilityMin);
        NodeHeap heap = new NodeHeap();
        heap.pushChildren(tree, tree.root());
        while (chosen.size() < tokensMax && !heap.isEmpty()) {
            int node = heap.poll();
            if (chosen.size() > 0 && tree.surprisal(node) > limit) {
                break;
            }
            chosen.add(node);
            heap.pushChildren(tree, node);
        }
        return chosen;
    }
}
