package io.wanspec.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenTreeTest {
    @Test
    void aChainIsATreeWithoutBranches() {
        TokenTree chain = TokenTree.chain(Tokens.of(7, 8, 9));
        assertThat(chain.parents()).isEqualTo(Ints.of(-1, 0, 1));
        assertThat(chain.depth()).isEqualTo(3);
        assertThat(chain.depthOf(Tokens.of(7, 8, 1))).isEqualTo(2);
        assertThat(TokenTree.chain(Tokens.none())).isEqualTo(TokenTree.none());
    }

    @Test
    void parentsComeFirst() {
        assertThatThrownBy(() -> new TokenTree(Tokens.of(1, 2), Ints.of(-1, 1)))
                .hasMessageContaining("parents[1] must be an earlier node");
        assertThatThrownBy(() -> new TokenTree(Tokens.of(1), Ints.of(-2))).hasMessageContaining("parents[0]");
        assertThatThrownBy(() -> new TokenTree(Tokens.of(1), Ints.none())).hasMessageContaining("as many entries");
    }

    @SeededTest(tries = 500)
    void depthsAndPathsAgreeWithAListOfAllPaths(Random random) {
        List<Tokens> paths = new ArrayList<>();
        int[] tokens = new int[random.nextInt(20)];
        int[] parents = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            do {
                parents[i] = random.nextInt(i + 1) - 1;
                tokens[i] = random.nextInt(6 + i);
            } while (paths.contains(path(paths, parents[i], tokens[i])));
            paths.add(path(paths, parents[i], tokens[i]));
        }
        TokenTree tree = new TokenTree(Tokens.of(tokens), Ints.of(parents));
        assertThat(tree.depth())
                .isEqualTo(paths.stream().mapToInt(Tokens::size).max().orElse(0));
        Tokens wanted = Tokens.of(random.ints(5, 0, 6).toArray());
        int known = 0;
        while (known < wanted.size() && paths.contains(wanted.slice(0, known + 1))) {
            known++;
        }
        assertThat(tree.depthOf(wanted)).isEqualTo(known);
    }

    private static Tokens path(List<Tokens> paths, int parent, int token) {
        return (parent < 0 ? Tokens.none() : paths.get(parent)).plus(token);
    }
}
