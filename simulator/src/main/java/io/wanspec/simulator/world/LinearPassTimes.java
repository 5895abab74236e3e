package io.wanspec.simulator.world;

/**
 * Pass times that grow with each token by as much.
 *
 * @param targetMs of a target pass over one token, in milliseconds
 * @param targetTokenMs of each further token
 * @param busyDraftMs of a busy-region draft pass over one node
 * @param remoteDraftMs of a remote one
 * @param nodeShare what each further node adds to a draft pass, as a share of it
 */
public record LinearPassTimes(
        double targetMs, double targetTokenMs, double busyDraftMs, double remoteDraftMs, double nodeShare)
        implements PassTimes {
    private static final double NANOS_PER_MS = 1e6;
    private static final double INSTANT_MS = 1e-3;

    public LinearPassTimes {
        if (!(targetMs > 0 && busyDraftMs > 0 && remoteDraftMs > 0 && targetTokenMs >= 0 && nodeShare >= 0)) {
            throw new IllegalArgumentException("passes take time");
        }
    }

    @Override
    public long targetNanos(int drafts) {
        return (long) ((targetMs + targetTokenMs * drafts) * NANOS_PER_MS);
    }

    @Override
    public long busyDraftNanos(int nodes) {
        return (long) (busyDraftMs * (1 + nodeShare * (nodes - 1)) * NANOS_PER_MS);
    }

    @Override
    public long remoteDraftNanos(int nodes) {
        return (long) (remoteDraftMs * (1 + nodeShare * (nodes - 1)) * NANOS_PER_MS);
    }

    @Override
    public PassTimes inOneTurn() {
        return new LinearPassTimes(targetMs, targetTokenMs + busyDraftMs, INSTANT_MS, remoteDraftMs, 0);
    }
}
