package io.wanspec.endpoints.model;

import io.wanspec.contracts.Tokens;
import java.util.List;

/** One sequence's part of a pass: what {@link Sequence} and {@link Branches} would run alone, said rather than done. */
public sealed interface SequencePass {
    /** Tokens that it computes. */
    int rows();

    /** Whether it only fills the cache. */
    default boolean isFill() {
        return false;
    }

    /** Runs it alone. */
    Pass run();

    /** {@link Sequence#append}. */
    record Append(Sequence sequence, Tokens tokens, int logitRows) implements SequencePass {
        @Override
        public int rows() {
            return tokens.size();
        }

        @Override
        public boolean isFill() {
            return logitRows == 0;
        }

        @Override
        public Pass run() {
            return sequence.append(tokens, logitRows);
        }
    }

    /** {@link Sequence#appendTree}. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Tree(Sequence sequence, Tokens tokens, int[] parents) implements SequencePass {
        @Override
        public int rows() {
            return tokens.size();
        }

        @Override
        public Pass run() {
            return sequence.appendTree(tokens, parents);
        }
    }

    /** {@link Branches#grow}. */
    record Growth(Branches branches, List<Branches.Node> nodes) implements SequencePass {
        public Growth {
            nodes = List.copyOf(nodes);
        }

        @Override
        public int rows() {
            return nodes.size();
        }

        @Override
        public Pass run() {
            return branches.grow(nodes);
        }
    }
}
