package io.wanspec.contracts.grammar;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A state within calls: one way in which a text may have come to where it is. */
final class GrammarPlace {
    final int state;
    final @Nullable Frame frame;

    GrammarPlace(int state, @Nullable Frame frame) {
        this.state = state;
        this.frame = frame;
    }

    int depth() {
        return Frame.depth(frame);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrammarPlace that && state == that.state && Frame.same(frame, that.frame);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, Frame.hash(frame));
    }
}
