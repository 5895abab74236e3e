package io.wanspec.functions.session;

/** As many requests as this process takes are being served. */
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overloaded(int sessionsMax) {
        super("all " + sessionsMax + " sessions of this server are busy");
    }
}
