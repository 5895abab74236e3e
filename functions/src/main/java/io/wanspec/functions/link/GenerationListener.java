package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;
import org.jspecify.annotations.Nullable;

/** Hears a plain generation, on the network's threads: it must not block. */
public interface GenerationListener {
    void generated(Reply.Generated line);

    /** The last call; the loss is absent if the endpoint ended as it should. */
    void over(@Nullable Loss loss);
}
