package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A pass that is measured. */
sealed interface PassCase {
    /** What tells cases of as many tokens apart. */
    String shape();

    int tokens();

    /**
     * Readies {@code sequence}, behind which {@code text} stands.
     *
     * @return what is timed
     */
    Supplier<Pass> prepare(Sequence sequence, Tokens text);

    /** Tokens in a row, logits of each. */
    record Run(int tokens) implements PassCase {
        @Override
        public String shape() {
            return "run";
        }

        @Override
        public Supplier<Pass> prepare(Sequence sequence, Tokens text) {
            Tokens run = text.slice(0, tokens);
            return () -> sequence.append(run, tokens);
        }
    }

    /** An exact pass over a tree, and keeping its first {@value #KEPT} nodes, which are a path. */
    record Tree(List<Integer> parents) implements PassCase {
        private static final int KEPT = 3;

        public Tree {
            parents = List.copyOf(parents);
        }

        @Override
        public String shape() {
            return "tree";
        }

        @Override
        public int tokens() {
            return parents.size();
        }

        @Override
        public Supplier<Pass> prepare(Sequence sequence, Tokens text) {
            Tokens nodes = text.slice(0, parents.size());
            int[] above = parents.stream().mapToInt(parent -> parent).toArray();
            int[] path = IntStream.range(0, KEPT).toArray();
            return () -> {
                Pass pass = sequence.appendTree(nodes, above);
                sequence.keep(path);
                return pass;
            };
        }
    }

    /** New nodes of a draft's tree, dealt out to the {@value #HELD} that it holds. */
    record Growth(int tokens) implements PassCase {
        private static final int HELD = 4;

        @Override
        public String shape() {
            return "growth";
        }

        @Override
        public Supplier<Pass> prepare(Sequence sequence, Tokens text) {
            Branches tree = sequence.branches(Branch.ROOT);
            List<Branches.Node> held = IntStream.range(0, HELD)
                    .mapToObj(i -> new Branches.Node(Branch.ROOT.then(text.slice(0, i)), text.get(i)))
                    .toList();
            tree.grow(held);
            // Ids from 0 on that the text does not take: all nodes must differ.
            List<Branches.Node> nodes = IntStream.range(0, 2 * tokens + HELD)
                    .mapToObj(i -> new Branches.Node(held.get(i % HELD).branch(), i))
                    .filter(node -> !tree.holds(node.branch()))
                    .limit(tokens)
                    .toList();
            return () -> tree.grow(nodes);
        }
    }
}
