package io.wanspec.emulator.net;

/** One request that is being answered; all methods are called on its connection's event loop. */
public interface Exchange {
    /** One that was answered at once. */
    Exchange ANSWERED = new Exchange() {
        @Override
        public void writable(boolean writable) {}

        @Override
        public void cancelled() {}
    };

    /** The client takes more ({@code true}), or its connection's buffer is full and the source has to be paused. */
    void writable(boolean writable);

    /** The client has gone: stop the work. Nothing that is written any more arrives. */
    void cancelled();
}
