package io.wanspec.endpoints.model;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import java.util.List;

/** Text to tokens and back, by the model's own vocabulary and chat template. */
public interface TextCodec {
    /** The prompt for the assistant's next answer. */
    Tokens render(List<ChatMessage> messages);

    /** A raw prompt; special tokens' names in it are those tokens. */
    Tokens encode(String text);

    /** How many tokens {@link #render} makes at least, told fast; 0 if nothing is known. */
    default int renderedAtLeast(List<ChatMessage> messages) {
        return 0;
    }

    /** The same for {@link #encode}. */
    default int encodedAtLeast(String text) {
        return 0;
    }

    /** The bytes that a token stands for: of a special one those of its name. */
    byte[] bytes(int token);

    /** The bytes that a token adds to a text: none of a special one, as of one that does not exist. */
    byte[] text(int token);

    /** A decoder that starts behind {@code prompt}. */
    Detokenizer detokenizer();

    /** Turns a growing sequence into text; stateful, one for each sequence. */
    interface Detokenizer {
        /** The text that becomes complete with {@code token}; special tokens are empty. */
        String piece(int token);
    }
}
