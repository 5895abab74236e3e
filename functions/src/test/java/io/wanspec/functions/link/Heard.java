package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a generation said, in order: a token's text, "ended", or why it failed. */
final class Heard implements GenerationListener {
    static final String ENDED = "ended";

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    /** The next thing said. */
    String next() throws InterruptedException {
        String next = said.poll(60, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    /** All that is said up to the end, joined. */
    String rest() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        String next;
        do {
            next = next();
            all.append(next);
        } while (next.startsWith(" w"));
        return all.toString();
    }

    boolean nothingMore() {
        return said.isEmpty();
    }

    @Override
    public void generated(Reply.Generated line) {
        said.add(String.join("", line.pieces()));
    }

    @Override
    public void ended() {
        said.add(ENDED);
    }

    @Override
    public void failed(LinkFailure failure) {
        said.add(failure.reason());
    }
}
