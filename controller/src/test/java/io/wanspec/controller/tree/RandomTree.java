package io.wanspec.controller.tree;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A tree of draft tokens for tests, with a list of its nodes. */
public record RandomTree(DraftTree tree, List<Integer> nodes) {
    public static RandomTree of(Random random, int size) {
        DraftTree tree = new DraftTree(Tokens.of(1, 2), 1_000);
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int at = random.nextInt(nodes.size() + 1) - 1;
            int parent = at < 0 ? tree.root() : nodes.get(at);
            int rank = 0;
            for (int c = tree.firstChild(parent); c != DraftTree.NONE; c = tree.nextSibling(c)) {
                rank++;
            }
            nodes.add(tree.add(parent, 10 + i, rank, random.nextDouble() * 2));
        }
        return new RandomTree(tree, nodes);
    }
}
