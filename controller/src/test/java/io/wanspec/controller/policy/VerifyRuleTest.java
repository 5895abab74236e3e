package io.wanspec.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.tree.RandomTree;
import io.wanspec.controller.tree.Selection;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerifyRuleTest {
    private static final int SIZE = 12;

    /** Best-first against every set of nodes that is closed under parents. */
    @SeededTest(tries = 150)
    void noOtherTreeOfThatSizeIsExpectedToGiveMore(Random random) {
        RandomTree made = RandomTree.of(random, SIZE);
        int most = random.nextInt(SIZE + 1);
        Selection chosen = VerifyRule.tree(made.tree(), most, Double.MIN_NORMAL);
        assertThat(chosen.size()).isEqualTo(most);
        assertThat(chosen.expectedAccepted()).isCloseTo(best(made, most), within(1e-9));
        assertThat(chosen.toTokenTree().size()).isEqualTo(most);
    }

    private static double best(RandomTree made, int most) {
        double best = 0;
        for (int set = 0; set < 1 << SIZE; set++) {
            if (Integer.bitCount(set) <= most && isClosed(made, set)) {
                double sum = 0;
                for (int i = 0; i < SIZE; i++) {
                    boolean in = (set & 1 << i) != 0;
                    sum += in ? Math.exp(-made.tree().surprisal(made.nodes().get(i))) : 0;
                }
                best = Math.max(best, sum);
            }
        }
        return best;
    }

    private static boolean isClosed(RandomTree made, int set) {
        for (int i = 0; i < SIZE; i++) {
            int parent = made.tree().parent(made.nodes().get(i));
            boolean hasParent =
                    parent == made.tree().root() || (set & 1 << made.nodes().indexOf(parent)) != 0;
            if ((set & 1 << i) != 0 && !hasParent) {
                return false;
            }
        }
        return true;
    }

    @SeededTest(tries = 300)
    void everyNodeButTheFirstIsLikelyEnough(Random random) {
        RandomTree made = RandomTree.of(random, 40);
        double least = random.nextDouble();
        long likely = made.nodes().stream()
                .filter(node -> Math.exp(-made.tree().surprisal(node)) >= least)
                .count();
        assertThat(VerifyRule.tree(made.tree(), 64, least).size()).isEqualTo((int) Math.max(1, likely));
    }

    @Test
    void aChainFollowsTheFirstChoices() {
        DraftTree tree = new DraftTree(Tokens.of(1), 16);
        tree.add(tree.root(), 5, 1, 0.1);
        int first = tree.add(tree.root(), 6, 0, 2);
        int second = tree.add(first, 7, 0, 0.1);
        tree.add(second, 8, 0, 3);
        assertThat(VerifyRule.chain(tree, 9, 1e-9).toTokenTree()).isEqualTo(TokenTree.chain(Tokens.of(6, 7, 8)));
        assertThat(VerifyRule.chain(tree, 9, 0.1).toTokenTree()).isEqualTo(TokenTree.chain(Tokens.of(6, 7)));
        assertThat(VerifyRule.chain(tree, 1, 1e-9).toTokenTree()).isEqualTo(TokenTree.chain(Tokens.of(6)));
        assertThat(VerifyRule.chain(tree, 9, 0.5).size())
                .as("the first goes along")
                .isEqualTo(1);
    }
}
