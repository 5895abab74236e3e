package io.wanspec.contracts.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree against a map from prefixes to what was said of them. */
class DraftTreeTest {
    private static final int TOKENS = 5;
    private static final int STEPS = 200;

    @SeededTest(tries = 300)
    void agreesWithAMapOfPrefixes(Random random) {
        Run run = new Run(random, Limits.DRAFT_TREE_NODES_MAX);
        for (int i = 0; i < STEPS; i++) {
            run.step();
            run.checkEverythingIsThere();
        }
    }

    @SeededTest(tries = 300)
    void aFullTreeForgetsButDoesNotErr(Random random) {
        int capacity = 2 + random.nextInt(20);
        Run run = new Run(random, capacity);
        for (int i = 0; i < STEPS; i++) {
            run.step();
            run.checkWhatIsThere();
            assertThat(run.tree.size()).isBetween(1, capacity);
        }
    }

    @Test
    void columnsStayWithTheirNodesWhenTheTreeIsTidied() {
        DraftTree tree = new DraftTree(Tokens.of(1), 8);
        IntColumn numbers = tree.newIntColumn();
        FlagColumn flags = tree.newFlagColumn();
        int node = tree.add(tree.root(), 2, 0, 0.5);
        int marked = tree.add(node, 3, 1, 0.5);
        numbers.set(marked, 6);
        flags.set(marked);
        for (int token = 4; token < 8; token++) {
            int dead = tree.add(tree.root(), token, token, 1);
            numbers.set(dead, token);
            flags.set(dead);
        }
        tree.commit(Tokens.of(2));
        assertThat(tree.size()).as("tidied").isEqualTo(2);
        int kept = tree.child(tree.root(), 3);
        assertThat(numbers.get(kept)).isEqualTo(6);
        assertThat(flags.isSet(kept)).isTrue();
        assertThat(tree.rank(kept)).isEqualTo(1);
        assertThat(flags.isSet(tree.root())).isFalse();
        int fresh = tree.add(kept, 9, 0, 1);
        assertThat(numbers.get(fresh)).as("a new node in a dead one's place").isZero();
        assertThat(flags.isSet(fresh)).isFalse();
    }

    @Test
    void theBestChildIsTheOneOfTheLowestRank() {
        DraftTree tree = new DraftTree(Tokens.of(1), 8);
        assertThat(tree.bestChild(tree.root())).isEqualTo(DraftTree.NONE);
        tree.add(tree.root(), 5, 2, 0.1);
        int best = tree.add(tree.root(), 6, 0, 0.9);
        tree.add(tree.root(), 7, 1, 0.2);
        assertThat(tree.bestChild(tree.root())).isEqualTo(best);
    }

    private record Said(int rank, double nats) {}

    private static final class Run {
        private final Random random;
        private final DraftTree tree;
        private final Map<Tokens, Said> known = new HashMap<>();
        private Tokens committed = Tokens.of(3, 1, 4);

        Run(Random random, int capacity) {
            this.random = random;
            tree = new DraftTree(committed, capacity);
            known.put(committed, new Said(0, 0));
        }

        void step() {
            if (random.nextInt(12) == 0) {
                commit();
            } else {
                add();
            }
        }

        private void add() {
            List<Tokens> living = living();
            Tokens parent = living.get(random.nextInt(living.size()));
            int node = find(parent);
            if (node == DraftTree.NONE) {
                return;
            }
            int token = random.nextInt(TOKENS);
            int rank = random.nextInt(8);
            double nats = random.nextDouble();
            int added = tree.add(node, token, rank, nats);
            if (added != DraftTree.NONE) {
                double total = said(parent).nats() + nats;
                boolean wasThere = known.containsKey(parent.plus(token)) && tree.rank(added) != rank;
                if (!wasThere) {
                    known.putIfAbsent(parent.plus(token), new Said(rank, total));
                }
            }
        }

        private void commit() {
            Tokens tokens = Tokens.of(random.ints(random.nextInt(4), 0, TOKENS).toArray());
            for (int i = 0; i < tokens.size(); i++) {
                double before = said(committed).nats();
                committed = committed.plus(tokens.get(i));
                known.putIfAbsent(committed, new Said(0, before));
            }
            tree.commit(tokens);
        }

        private List<Tokens> living() {
            List<Tokens> living = new ArrayList<>();
            for (Tokens path : known.keySet()) {
                if (path.commonPrefix(committed) == committed.size()) {
                    living.add(path);
                }
            }
            living.sort((a, b) -> a.toString().compareTo(b.toString()));
            return living;
        }

        private int find(Tokens path) {
            return tree.find(Branch.of(path).digest());
        }

        private Said said(Tokens path) {
            return Objects.requireNonNull(known.get(path));
        }

        void checkEverythingIsThere() {
            for (Map.Entry<Tokens, Said> entry : known.entrySet()) {
                Tokens path = entry.getKey();
                boolean lives = path.commonPrefix(committed) == committed.size();
                int node = find(path);
                assertThat(node != DraftTree.NONE).as("whether it is found").isEqualTo(lives);
                if (lives) {
                    check(node, path);
                    assertThat(tree.surprisal(node))
                            .isCloseTo(entry.getValue().nats() - said(committed).nats(), within(1e-9));
                    assertThat(tree.rank(node)).isEqualTo(entry.getValue().rank());
                }
            }
        }

        void checkWhatIsThere() {
            assertThat(tree.committed()).isEqualTo(committed.size());
            assertThat(find(committed)).as("what is committed is the root").isEqualTo(tree.root());
            for (Tokens path : known.keySet()) {
                int node = find(path);
                if (node != DraftTree.NONE) {
                    assertThat(path.commonPrefix(committed)).isEqualTo(committed.size());
                    check(node, path);
                }
            }
        }

        private void check(int node, Tokens path) {
            assertThat(tree.token(node)).isEqualTo(path.last());
            assertThat(tree.position(node)).isEqualTo(path.size() - 1);
            assertThat(tree.depth(node)).isEqualTo(path.size() - committed.size());
            if (node != tree.root()) {
                assertThat(tree.parent(node)).isEqualTo(find(path.slice(0, path.size() - 1)));
                assertThat(tree.child(tree.parent(node), path.last())).isEqualTo(node);
            }
        }
    }
}
