package io.wanspec.simulator.fault;

/** A case that showed a bug. The message names its seed, what broke, and the command that runs the case again. */
public final class BrokenInvariant extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public BrokenInvariant(long seed, Throwable cause) {
        super("seed " + seed + ": " + what(cause) + "; replay: ./wanspec sim --faults 1 --seed " + seed, cause);
    }

    private static String what(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
