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
 * Prompts and texts as items of the table: {@code prompt#0000} and on, {@code prediction#0000} and on, and {@code tokens#00000000} and on,
 * named by the first token's place behind the prompt. An item holds 400 KB; each of these stays below 300 KB.
 */
final class PartItems {
    static final String PROMPT = "prompt#";
    static final String PREDICTION = "prediction#";
    static final String TOKENS = "tokens#";

    private static final String LOGPROBS = "logprobs";
    private static final String IDS = "ids";

    /**
     * Instead of {@link #IDS} in prompts and texts where there are rules or log-probabilities: functions that know of neither find no tokens,
     * and so can neither show such a text nor go on with it. They can still read the head, and so cancel, give up and delete it.
     */
    private static final String RULED_IDS = "ruledIds";

    /** Behind all sort keys of a text. */
    static final String TOKENS_END = TOKENS + '\uffff';

    /** Five bytes a token at most. */
    static final int PROMPT_TOKENS_MAX = 59_000;

    /** Ten bytes a token at most, for it and the length of its piece. */
    static final int TOKENS_MAX = 8_000;

    /** Of the pieces; one piece alone is a fourth of it at most. */
    static final int TEXT_BYTES_MAX = 200_000;

    private PartItems() {}

    /** @param ruled whether only functions that know rules may read it */
    static List<Item> prompt(SessionId id, Tokens prompt, boolean ruled, Instant expiresAt) {
        return parts(id, PROMPT, ruled ? RULED_IDS : IDS, prompt, expiresAt);
    }

    static List<Item> prediction(SessionId id, Tokens prediction, Instant expiresAt) {
        return parts(id, PREDICTION, IDS, prediction, expiresAt);
    }

    private static List<Item> parts(SessionId id, String name, String attribute, Tokens tokens, Instant expiresAt) {
        List<Item> parts = new ArrayList<>();
        for (int from = 0; from < tokens.size(); from += PROMPT_TOKENS_MAX) {
            Tokens part = tokens.slice(from, Math.min(from + PROMPT_TOKENS_MAX, tokens.size()));
            ItemKey key = new ItemKey(HeadItem.pk(id), name + "%04d".formatted(parts.size()));
            parts.add(Item.of(key).with(attribute, TokenBytes.encode(part)).expiring(expiresAt));
        }
        return parts;
    }

    /** Of a prompt or a prediction. */
    static Tokens readIds(List<Item> parts) {
        Tokens all = Tokens.none();
        for (Item part : parts) {
            all = all.plus(ids(part));
        }
        return all;
    }

    static Tokens ids(Item part) {
        String attribute = part.attributes().containsKey(RULED_IDS) ? RULED_IDS : IDS;
        return TokenBytes.decode(part.bytes(attribute));
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

    /**
     * @param from how many tokens of the text lie before these
     * @param ruled whether only functions that know rules may read them
     */
    static Item tokens(SessionId id, int from, Progress more, boolean ruled, Instant expiresAt) {
        int[] lengths = more.pieces().stream().mapToInt(String::length).toArray();
        Item item = Item.of(new ItemKey(HeadItem.pk(id), tokensFrom(from)))
                .with(ruled ? RULED_IDS : IDS, TokenBytes.encode(more.tokens()))
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
            tokens = tokens.plus(ids(part));
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
