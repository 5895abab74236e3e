package io.wanspec.functions.session;

/** A request that generates, on a thread of its own. */
interface Session extends Runnable {
    /** The client is gone. May be called by any thread, at any time, more than once. */
    void cancel();
}
