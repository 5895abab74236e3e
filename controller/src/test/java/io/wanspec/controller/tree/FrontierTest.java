package io.wanspec.controller.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.testing.SeededTest;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    @Test
    void nothingIsKnownBehindTheRootOfAnEmptyTree() {
        DraftTree tree = new DraftTree(Tokens.of(1), 8);
        assertThat(Frontier.ofBestPath(tree)).isEqualTo(tree.root());
        assertThat(Frontier.likeliest(tree, 1, 4)).containsExactly(tree.root());
        assertThat(Frontier.likeliest(tree, 0, 4)).isEmpty();
    }

    @SeededTest(tries = 300)
    void theLikeliestLeavesBestFirst(Random random) {
        RandomTree made = RandomTree.of(random, 40);
        int depthMax = 1 + random.nextInt(6);
        int most = 1 + random.nextInt(10);
        List<Integer> leaves = made.nodes().stream()
                .filter(node -> made.tree().isLeaf(node) && made.tree().depth(node) < depthMax)
                .sorted(Comparator.comparingDouble(made.tree()::surprisal))
                .limit(most)
                .toList();
        assertThat(Frontier.likeliest(made.tree(), depthMax, most))
                .containsExactly(leaves.stream().mapToInt(i -> i).toArray());
    }

    @Test
    void theBestPathFollowsTheFirstChoices() {
        DraftTree tree = new DraftTree(Tokens.of(1), 8);
        tree.add(tree.root(), 4, 1, 0);
        int first = tree.add(tree.root(), 5, 0, 3);
        int second = tree.add(first, 6, 0, 3);
        assertThat(Frontier.ofBestPath(tree)).isEqualTo(second);
    }
}
