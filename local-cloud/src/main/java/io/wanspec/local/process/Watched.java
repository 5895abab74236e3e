package io.wanspec.local.process;

import java.nio.file.Path;

/** A process of the local cloud as whoever watches over it sees it. */
public interface Watched extends AutoCloseable {
    /** In messages. */
    String name();

    /** Where what it writes goes. */
    Path log();

    /** What died with the last process and is not there again, to go on where a sentence says that there is a new one; empty if nothing. */
    default String lostWithIt() {
        return "";
    }

    /** Starts a new process in the place of the dead one, at the same address; does nothing once closed. */
    void restart() throws StartException, InterruptedException;

    /** Stops the process. */
    @Override
    void close();
}
