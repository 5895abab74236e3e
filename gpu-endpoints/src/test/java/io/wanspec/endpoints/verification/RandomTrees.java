package io.wanspec.endpoints.verification;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.util.Random;

/** Trees with the truth on some branch, as far as it goes, and anything beside it. */
final class RandomTrees {
    private final Random random;
    private final int idsBelow;
    private final int[] tokens = new int[32];
    private final int[] parents = new int[32];
    private int size;

    /** @param idsBelow of wrong draft tokens; more than the vocabulary for ids that do not exist */
    private RandomTrees(Random random, int idsBelow) {
        this.random = random;
        this.idsBelow = idsBelow;
    }

    static TokenTree of(Random random, Tokens truth, int idsBelow) {
        RandomTrees tree = new RandomTrees(random, idsBelow);
        int node = TokenTree.PREFIX;
        tree.addWrong(random.nextInt(4));
        for (int i = 0; i < random.nextInt(8) && i < truth.size(); i++) {
            node = tree.add(node, truth.get(i));
            tree.addWrong(random.nextInt(4));
        }
        return new TokenTree(Tokens.of(tree.tokens, tree.size), Ints.of(tree.parents, tree.size));
    }

    /** Behind any node, and possibly what is there already. */
    private void addWrong(int count) {
        for (int i = 0; i < count && size < 20; i++) {
            add(random.nextInt(size + 1) - 1, random.nextInt(idsBelow));
        }
    }

    private int add(int parent, int token) {
        tokens[size] = token;
        parents[size] = parent;
        return size++;
    }
}
