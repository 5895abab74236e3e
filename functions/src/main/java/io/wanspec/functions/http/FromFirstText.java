package io.wanspec.functions.http;

import io.wanspec.functions.follow.Portion;
import io.wanspec.functions.follow.TextSource;

/** A text of which nothing is told before it begins, so that nothing goes out before its session is durable. */
record FromFirstText(TextSource text) implements TextSource {
    @Override
    public void ready() throws InterruptedException {
        text.ready();
        text.from(0);
    }

    @Override
    public Portion from(int piece) throws InterruptedException {
        return text.from(piece);
    }

    @Override
    public void close() {
        text.close();
    }
}
