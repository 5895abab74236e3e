package io.wanspec.endpoints.server;

/** The answer to one call of a link: takes frames until it has all that it waits for, or is ended. Any thread may use it. */
interface FrameSink {
    boolean isWritable();

    /** @return whether it takes more */
    boolean frame(byte[] json);

    /** There will be no more. May be called again. */
    void end();
}
