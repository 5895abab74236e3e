package io.wanspec.controller.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @SeededTest(tries = 300)
    void everyNodeIsThereWithItsWholePath(Random random) {
        RandomTree made = RandomTree.of(random, 30);
        Selection selection = new Selection(made.tree());
        for (int i = 0; i < 6; i++) {
            int node = made.nodes().get(random.nextInt(30));
            int index = selection.addWithAncestors(node);
            TokenTree tokens = selection.toTokenTree();
            assertThat(path(tokens, index)).isEqualTo(path(made.tree(), node));
            assertThat(tokens.size()).isEqualTo(selection.size());
            assertThat(tokens.tokens().toArray()).as("nothing twice").doesNotHaveDuplicates();
        }
    }

    private static Tokens path(TokenTree tree, int node) {
        return node < 0
                ? Tokens.none()
                : path(tree, tree.parents().get(node)).plus(tree.tokens().get(node));
    }

    private static Tokens path(DraftTree tree, int node) {
        return node == tree.root()
                ? Tokens.none()
                : path(tree, tree.parent(node)).plus(tree.token(node));
    }

    @Test
    void draftsOfAnotherOriginHangBehindTheirNode() {
        DraftTree tree = new DraftTree(Tokens.of(1), 8);
        int a = tree.add(tree.root(), 5, 0, 0.1);
        int b = tree.add(tree.root(), 6, 1, 0.2);
        Selection selection = new Selection(tree);
        selection.add(a);
        selection.add(b);
        selection.addBehind(a, Tokens.of(8, 9));
        assertThat(selection.toTokenTree()).isEqualTo(new TokenTree(Tokens.of(5, 6, 8, 9), Ints.of(-1, -1, 0, 2)));
    }
}
