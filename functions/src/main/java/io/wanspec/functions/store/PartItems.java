package io.wanspec.functions.store;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.controller.Progress;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prompts and texts as items of the table: {@code prompt#0000} and on, and {@code tokens#00000000} and on, named by the first
 * token's place behind the prompt. An item holds 400 KB; each of these stays below 300 KB.
 */
final class PartItems {
    static final String PROMPT = "prompt#";
    static final String TOKENS = "tokens#";

    private static final String LOGPROBS = "logprobs";

    /** Behind all sort keys of a text. */
    static final String TOKENS_END = TOKENS + '\uffff';

    /** Five bytes a token at most. */
    static final int PROMPT_TOKENS_MAX = 59_000;

    /** Ten bytes a token at most, for it and the length of its piece. */
    static final int TOKENS_MAX = 8_000;

    /** Of the pieces; one piece alone is a fourth of it at most. */
    static final int TEXT_BYTES_MAX = 200_000;

    private PartItems() {}

    static List<Item> prompt(SessionId id, Tokens prompt, Instant expiresAt) {
        List<Item> parts = new ArrayList<>();
        for (int from = 0; from < prompt.size(); from += PROMPT_TOKENS_MAX) {
            Tokens part = prompt.slice(from, Math.min(from + PROMPT_TOKENS_MAX, prompt.size()));
            ItemKey key = new ItemKey(HeadItem.pk(id), PROMPT + "%04d".formatted(parts.size()));
            parts.add(Item.of(key).with("ids", TokenBytes.encode(part)).expiring(expiresAt));
        }
        return parts;
    }

    static Tokens readPrompt(List<Item> parts) {
        Tokens prompt = Tokens.none();
        for (Item part : parts) {
            prompt = prompt.plus(TokenBytes.decode(part.bytes("ids")));
        }
        return prompt;
    }

    /** How many of these tokens one item takes, one at least. */
    static int fitting(Progress more) {
        int bytes = 0;
        int count = 0;
        for (int i = 0; i < more.pieces().size(); i++) {
            bytes += more.pieces().get(i).getBytes(StandardCharsets.UTF_8).length;
            bytes += more.logprobs().slice(i, i + 1).each().stream()
                    .mapToInt(PartItems::bytes)
                    .sum();
            if (count > 0 && (bytes > TEXT_BYTES_MAX || count == TOKENS_MAX)) {
                break;
            }
            count++;
        }
        return count;
    }

    /** At most: ids and numbers have a dozen characters, a byte of a text six. */
    private static int bytes(TokenLogprobs entry) {
        int characters = entry.texts().stream().mapToInt(String::length).sum();
        return 64 + 32 * entry.tokens().size() + 6 * characters;
    }

    /** @param from how many tokens of the text lie before these */
    static Item tokens(SessionId id, int from, Progress more, Instant expiresAt) {
        int[] lengths = more.pieces().stream().mapToInt(String::length).toArray();
        Item item = Item.of(new ItemKey(HeadItem.pk(id), tokensFrom(from)))
                .with("ids", TokenBytes.encode(more.tokens()))
                .with("text", String.join("", more.pieces()))
                .with("lengths", TokenBytes.encode(Tokens.of(lengths)))
                .expiring(expiresAt);
        return more.logprobs().isNone() ? item : item.with(LOGPROBS, FrameCodec.encode(more.logprobs()));
    }

    static String tokensFrom(int token) {
        return TOKENS + "%08d".formatted(token);
    }

    static Progress readTokens(List<Item> parts) {
        Tokens tokens = Tokens.none();
        List<String> pieces = new ArrayList<>();
        Logprobs logprobs = Logprobs.none();
        for (Item part : parts) {
            logprobs = logprobs.plus(
                    part.attributes().containsKey(LOGPROBS)
                            ? FrameCodec.decodeLogprobs(part.bytes(LOGPROBS))
                            : Logprobs.none());
            tokens = tokens.plus(TokenBytes.decode(part.bytes("ids")));
            String text = part.text("text");
            int at = 0;
            for (int length : TokenBytes.decode(part.bytes("lengths")).toArray()) {
                pieces.add(text.substring(at, at + length));
                at += length;
            }
        }
        // A function that knows none leaves a gap: better none than another token's.
        return new Progress(tokens, pieces, null, logprobs.fits(tokens.size()) ? logprobs : Logprobs.none());
    }
}
