package io.wanspec.contracts.invoke;

/**
 * How many sessions a place takes, and how many of these places are taken: as it was when it answered.
 *
 * @param slots at a time
 * @param inUse of them
 */
public record Seats(int slots, int inUse) {
    public Seats {
        if (slots < 0 || inUse < 0 || inUse > slots) {
            throw new IllegalArgumentException("of " + slots + " slots " + inUse + " cannot be in use");
        }
    }
}
