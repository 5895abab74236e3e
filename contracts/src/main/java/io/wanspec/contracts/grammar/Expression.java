package io.wanspec.contracts.grammar;

import java.util.List;

/** What a rule says. */
sealed interface Expression {
    /** These characters, one behind the other. */
    record Literal(String text) implements Expression {}

    /** One character of these. */
    record OneOf(List<Range> ranges) implements Expression {
        public OneOf {
            ranges = List.copyOf(ranges);
        }
    }

    /** Characters from {@code low} to {@code high}, none of them half of a pair. */
    record Range(int low, int high) {}

    /** One behind the other. */
    record Sequence(List<Expression> parts) implements Expression {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** Any of them. */
    record Choice(List<Expression> alternatives) implements Expression {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * Several times.
     *
     * @param most {@link #UNBOUNDED} for any number
     */
    record Repeated(Expression part, int least, int most) implements Expression {
        static final int UNBOUNDED = -1;
    }

    /** What another rule says. */
    record Rule(String name) implements Expression {}
}
