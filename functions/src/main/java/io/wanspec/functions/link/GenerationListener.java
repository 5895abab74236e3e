package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;

/** Hears a plain generation, on the network's threads: it must not block. */
public interface GenerationListener {
    void generated(Reply.Generated line);

    /** The endpoint ended the stream as it should. Nothing follows. */
    void ended();

    /** The stream broke off. Nothing follows. */
    void failed(LinkFailure failure);
}
