package io.wanspec.evaluation.demo;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.TextCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A model without weights: logits are noise seeded by the last two tokens, and a draft's are a little different. */
final class ToyModel implements LanguageModel {
    private static final int VOCABULARY = 128;
    private static final int CONTEXT = 4_096;

    private final boolean draft;

    ToyModel(boolean draft) {
        this.draft = draft;
    }

    @Override
    public ModelIdentity identity() {
        return new ModelIdentity(
                draft ? "toy-draft" : "toy", "a".repeat(64), (draft ? "b" : "c").repeat(64), VOCABULARY, CONTEXT);
    }

    @Override
    public TextCodec text() {
        return new Letters();
    }

    @Override
    public boolean endsSequence(int token) {
        return token == 0;
    }

    @Override
    public Sequence open() {
        return new ToySequence();
    }

    @Override
    public void close() {}

    private static final class Letters implements TextCodec {
        @Override
        public Tokens render(List<ChatMessage> messages) {
            return encode(messages.getLast().content() + "\n");
        }

        @Override
        public Tokens encode(String text) {
            return Tokens.of(text.chars().map(c -> 1 + c % (VOCABULARY - 1)).toArray());
        }

        @Override
        public Detokenizer detokenizer() {
            return token -> token == 0 ? "" : Character.toString('a' + token % 26);
        }
    }

    private final class ToySequence implements Sequence {
        private final List<Tokens> tree = new ArrayList<>();
        private Tokens tokens = Tokens.none();

        @Override
        public int length() {
            return tokens.size();
        }

        @Override
        public Pass append(Tokens more, int logitRows) {
            tokens = tokens.plus(more);
            return pass(IntStream.range(0, logitRows)
                    .mapToObj(row -> tokens.slice(0, tokens.size() - logitRows + row + 1))
                    .toList());
        }

        @Override
        public Pass appendTree(Tokens nodes, int[] parents) {
            tree.clear();
            for (int i = 0; i < nodes.size(); i++) {
                tree.add((parents[i] < 0 ? tokens : tree.get(parents[i])).plus(nodes.get(i)));
            }
            return pass(tree);
        }

        @Override
        public void keep(int[] path) {
            for (int node : path) {
                tokens = tree.get(node);
            }
        }

        @Override
        public Branches branches(Branch prefix) {
            return new ToyBranches();
        }

        @Override
        public void truncate(int length) {
            tokens = tokens.slice(0, length);
        }

        @Override
        public long cacheBytes() {
            return 4L * tokens.size();
        }

        @Override
        public void close() {}

        private Pass pass(List<Tokens> prefixes) {
            float[] logits = new float[prefixes.size() * VOCABULARY];
            float[] entropies = new float[prefixes.size()];
            for (int row = 0; row < entropies.length; row++) {
                fill(logits, row, prefixes.get(row));
                entropies[row] = 1;
            }
            return new Pass(logits, entropies.length, VOCABULARY, entropies, 1_000);
        }

        private void fill(float[] logits, int row, Tokens prefix) {
            int last = prefix.size() - 1;
            long context = prefix.get(last) * 131L + (last > 0 ? prefix.get(last - 1) : 0);
            SplittableRandom random = new SplittableRandom(context);
            SplittableRandom error = new SplittableRandom(context + 7);
            for (int token = 0; token < VOCABULARY; token++) {
                double noise = draft ? error.nextDouble() : 0;
                logits[row * VOCABULARY + token] = (float) (8 * random.nextDouble() + noise);
            }
            // The toy hardly ever stops by itself.
            logits[row * VOCABULARY] = -9;
        }

        /** Of each node all tokens up to it; the trunk is the sequence itself. */
        private final class ToyBranches implements Branches {
            private final Map<Branch, Tokens> nodes = new LinkedHashMap<>();

            @Override
            public Branch trunk() {
                return Branch.of(tokens);
            }

            @Override
            public int size() {
                return nodes.size();
            }

            @Override
            public boolean holds(Branch branch) {
                return nodes.containsKey(branch);
            }

            @Override
            public Pass grow(List<Node> more) {
                for (Node node : more) {
                    nodes.put(node.branch(), prefix(node.parent()).plus(node.token()));
                }
                return pass(more.stream().map(Node::branch).map(this::prefix).toList());
            }

            @Override
            public void commit(Branch end) {
                tokens = prefix(end);
                nodes.values().removeIf(node -> !isBelow(node, tokens) || node.size() == tokens.size());
            }

            @Override
            public void forget(Branch branch) {
                Tokens top = prefix(branch);
                nodes.values().removeIf(node -> isBelow(node, top));
            }

            private Tokens prefix(Branch branch) {
                return branch.equals(trunk()) ? tokens : Objects.requireNonNull(nodes.get(branch));
            }

            private static boolean isBelow(Tokens node, Tokens top) {
                return node.commonPrefix(top) == top.size();
            }
        }
    }
}
