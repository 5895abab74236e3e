package io.wanspec.contracts;

/**
 * Version of the link protocol. Regions are upgraded one after the other, so that a build also speaks the version before its
 * own: a peer is asked what it speaks, the lower of both versions is named when a link opens, and no frame on that link holds
 * what the version lacks. Who fits whom is judged by {@link io.wanspec.contracts.compatibility.Compatibility}.
 *
 * @param number positive, raised by every change that an older peer would misread
 */
public record ProtocolVersion(int number) {
    /** That of a peer which does not say: before version 3 there was nothing to say it with. */
    public static final ProtocolVersion UNSAID = new ProtocolVersion(2);

    /** The oldest that this build still speaks. */
    public static final ProtocolVersion OLDEST = new ProtocolVersion(2);

    /** The newest that this build speaks. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(3);

    public ProtocolVersion {
        if (number < 1) {
            throw new IllegalArgumentException("protocol version must be positive, was " + number);
        }
    }

    /** What this build answers to a peer of {@code this} version: the lower of both, or the nearest that it speaks. */
    public ProtocolVersion nearestSpoken() {
        int nearest = Math.clamp(number, OLDEST.number, CURRENT.number);
        return nearest == number ? this : new ProtocolVersion(nearest);
    }

    /** Whether the target's answers may say how loaded their passes were. */
    public boolean tellsLoad() {
        return number >= 3;
    }

    /** Whether sampling options may have rules, and answers log-probabilities. */
    public boolean knowsRules() {
        return number >= 3;
    }

    /** Whether what opens a session may name its caller. */
    public boolean namesCallers() {
        return number >= 3;
    }
}
