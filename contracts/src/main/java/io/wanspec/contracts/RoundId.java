package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Numbers the rounds (target passes) of one session, from 1. */
public record RoundId(@JsonValue long number) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RoundId {
        if (number < 1) {
            throw new IllegalArgumentException("round must be positive, was " + number);
        }
    }

    public RoundId next() {
        return new RoundId(number + 1);
    }
}
