package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.TextCodec;

/** Something to read: logits over real text are as peaked as in use, and the sampler's work depends on that. */
final class Prose {
    private static final String TEXT = """
            When the rain had passed, the old ferryman untied his boat and looked across the river. On the far bank a \
            woman was waving a lantern, though it was not yet dark. He had carried her once before, many years ago, with \
            a wooden box that she would not put down, and he remembered that the box had been warm. Nobody in the \
            village believed him. Now the water was high and brown, branches turned slowly in it, and the rope that \
            marked the ford was gone. He thought of the price of a new rope, of his knees, and of the supper that was \
            waiting; then he pushed off, because somebody had to, and because he wanted to know about the box.
            """;

    private Prose() {}

    /** The first {@code count} tokens of the text, which begins anew where it ends. */
    static Tokens tokens(TextCodec codec, int count) {
        Tokens once = codec.encode(TEXT);
        Tokens all = once;
        while (all.size() < count) {
            all = all.plus(once);
        }
        return all.slice(0, count);
    }
}
