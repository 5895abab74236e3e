package io.wanspec.contracts.grammar;

import java.util.List;

/** What a rule says. */
sealed interface GrammarExpression {
    /** These characters, one behind the other. */
    record Literal(String text) implements GrammarExpression {}

    /** One character of these. */
    record OneOf(List<Range> ranges) implements GrammarExpression {
        public OneOf {
            ranges = List.copyOf(ranges);
        }
    }

    /** Characters from {@code low} to {@code high}, none of them half of a pair. */
    record Range(int low, int high) {}

    /** One behind the other. */
    record Sequence(List<GrammarExpression> parts) implements GrammarExpression {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** Any of them. */
    record Choice(List<GrammarExpression> alternatives) implements GrammarExpression {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * Several times.
     *
     * @param most {@link #UNBOUNDED} for any number
     */
    record Repeated(GrammarExpression part, int least, int most) implements GrammarExpression {
        static final int UNBOUNDED = -1;
    }

    /** What another rule says. */
    record Rule(String name) implements GrammarExpression {}
}
