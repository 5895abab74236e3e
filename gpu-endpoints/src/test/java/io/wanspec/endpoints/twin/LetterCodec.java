package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.model.TextCodec;
import java.util.List;

/** A letter a token; every third token is incomplete and appears with the next, so that order and state matter. */
final class LetterCodec implements TextCodec {
    @Override
    public Tokens render(List<ChatMessage> messages) {
        Tokens all = Tokens.none();
        for (ChatMessage message : messages) {
            all = all.plus(encode(message.role() + message.content()));
        }
        return all;
    }

    @Override
    public Tokens encode(String text) {
        return Tokens.of(
                text.chars().map(c -> 1 + c % (HashModel.VOCABULARY - 1)).toArray());
    }

    @Override
    public int encodedAtLeast(String text) {
        return text.length();
    }

    @Override
    public byte[] bytes(int token) {
        return new byte[] {(byte) ('A' + token)};
    }

    @Override
    public byte[] text(int token) {
        return token == HashModel.END ? new byte[0] : bytes(token);
    }

    @Override
    public Detokenizer detokenizer() {
        StringBuilder pending = new StringBuilder();
        return token -> {
            if (token == HashModel.END) {
                return "";
            }
            pending.append((char) ('A' + token));
            if (token % 3 == 0) {
                return "";
            }
            String piece = pending.toString();
            pending.setLength(0);
            return piece;
        };
    }
}
