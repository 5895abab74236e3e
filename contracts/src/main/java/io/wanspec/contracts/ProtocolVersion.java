package io.wanspec.contracts;

/**
 * Version of the link protocol. Both sides name theirs when a link opens; a different one is refused.
 *
 * @param number positive, raised by every change that an older peer would misread
 */
public record ProtocolVersion(int number) {
    /** What this build speaks. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(2);

    public ProtocolVersion {
        if (number < 1) {
            throw new IllegalArgumentException("protocol version must be positive, was " + number);
        }
    }

    /** The sentence for a peer of another version; it names both. */
    public String refusalOf(ProtocolVersion peer) {
        return "protocol version mismatch: this side speaks " + number + ", the peer " + peer.number
                + "; deploy the same WANSpec release on both sides";
    }
}
