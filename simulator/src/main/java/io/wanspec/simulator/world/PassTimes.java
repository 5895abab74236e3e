package io.wanspec.simulator.world;

/**
 * How long passes take.
 *
 * @param targetMs of a target pass over one token, in milliseconds
 * @param targetTokenMs of each further token
 * @param busyDraftMs of a busy-region draft pass over one node
 * @param remoteDraftMs of a remote one
 * @param nodeShare what each further node adds to a draft pass, as a share of it
 */
public record PassTimes(
        double targetMs, double targetTokenMs, double busyDraftMs, double remoteDraftMs, double nodeShare) {
    private static final double NANOS_PER_MS = 1e6;

    public PassTimes {
        if (!(targetMs > 0 && busyDraftMs > 0 && remoteDraftMs > 0 && targetTokenMs >= 0 && nodeShare >= 0)) {
            throw new IllegalArgumentException("passes take time");
        }
    }

    /** A target of 70B or so beside a draft of 1B, as in the reference scenario. */
    public static PassTimes reference() {
        return new PassTimes(40, 0.2, 6, 8, 0.05);
    }

    long targetNanos(int drafts) {
        return (long) ((targetMs + targetTokenMs * drafts) * NANOS_PER_MS);
    }

    long busyDraftNanos(int nodes) {
        return (long) (busyDraftMs * (1 + nodeShare * (nodes - 1)) * NANOS_PER_MS);
    }

    long remoteDraftNanos(int nodes) {
        return (long) (remoteDraftMs * (1 + nodeShare * (nodes - 1)) * NANOS_PER_MS);
    }
}
