package io.wanspec.functions.link;

/** Hears of a link, on the network's threads: it must not block. Calls come one at a time. */
public interface LinkListener<F> {
    void received(F frame);

    /** The link is dead. The last call. */
    void failed(LinkFailure failure);
}
