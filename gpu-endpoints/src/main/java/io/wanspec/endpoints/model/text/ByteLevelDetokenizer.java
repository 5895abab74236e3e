package io.wanspec.endpoints.model.text;

import io.wanspec.endpoints.model.TextCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes tokens to text; bytes of an unfinished character wait for the token that completes it. */
final class ByteLevelDetokenizer implements TextCodec.Detokenizer {
    private final Vocabulary vocabulary;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] waiting = new byte[0];

    ByteLevelDetokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public String piece(int token) {
        if (vocabulary.special().contains(token) || token >= vocabulary.tokens().size()) {
            return "";
        }
        byte[] bytes = ByteLevel.bytes(vocabulary.tokens().get(token));
        ByteBuffer in = ByteBuffer.allocate(waiting.length + bytes.length);
        in.put(waiting).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.reset();
        decoder.decode(in, out, false);
        waiting = new byte[in.remaining()];
        in.get(waiting);
        return out.flip().toString();
    }
}
