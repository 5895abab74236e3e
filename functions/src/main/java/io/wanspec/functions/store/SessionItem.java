package io.wanspec.functions.store;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A session as an item of the table, and back. */
final class SessionItem {
    static final String KEY = "pk";
    static final String EXPIRES_AT = "expiresAt";
    static final String FENCE = "fence";
    static final String OWNER = "owner";
    private static final String PREFIX = "session#";

    private SessionItem() {}

    static Map<String, AttributeValue> key(SessionId id) {
        return Map.of(KEY, text(PREFIX + id.value()), "sk", text("head"));
    }

    static Map<String, AttributeValue> write(SessionRecord record) {
        Map<String, AttributeValue> item = new HashMap<>(key(record.id()));
        item.put("status", text(record.status().name()));
        item.put(OWNER, text(record.owner()));
        item.put(FENCE, number(record.fence()));
        item.put("model", text(record.model()));
        item.put("mode", text(record.mode()));
        item.put(
                "temperature",
                AttributeValue.fromN(String.valueOf(record.sampling().temperature())));
        item.put("topK", number(record.sampling().topK()));
        item.put("topP", AttributeValue.fromN(String.valueOf(record.sampling().topP())));
        item.put("seed", number(record.sampling().seed()));
        item.put("maxTokens", number(record.maxTokens()));
        item.put(
                "stop",
                AttributeValue.fromL(
                        record.stop().stream().map(SessionItem::text).toList()));
        item.put("prompt", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(TokenBytes.encode(record.prompt()))));
        item.put(
                "committed", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(TokenBytes.encode(record.committed()))));
        item.put("committedTokens", number(record.committed().size()));
        item.put("ledger", text(record.ledger()));
        item.put("failure", text(record.failure()));
        item.put("createdAt", number(record.createdAt().getEpochSecond()));
        item.put(EXPIRES_AT, number(record.expiresAt().getEpochSecond()));
        return item;
    }

    static SessionRecord read(Map<String, AttributeValue> item) {
        return new SessionRecord(
                new SessionId(get(item, KEY).s().substring(PREFIX.length())),
                SessionStatus.valueOf(get(item, "status").s()),
                get(item, OWNER).s(),
                integer(item, FENCE),
                get(item, "model").s(),
                get(item, "mode").s(),
                new SamplingOptions(
                        Double.parseDouble(get(item, "temperature").n()),
                        (int) integer(item, "topK"),
                        Double.parseDouble(get(item, "topP").n()),
                        integer(item, "seed")),
                (int) integer(item, "maxTokens"),
                List.copyOf(
                        get(item, "stop").l().stream().map(AttributeValue::s).toList()),
                TokenBytes.decode(get(item, "prompt").b().asByteArrayUnsafe()),
                TokenBytes.decode(get(item, "committed").b().asByteArrayUnsafe()),
                get(item, "ledger").s(),
                get(item, "failure").s(),
                Instant.ofEpochSecond(integer(item, "createdAt")),
                Instant.ofEpochSecond(integer(item, EXPIRES_AT)));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }

    private static long integer(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(get(item, name).n());
    }

    private static AttributeValue get(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("the session's item has no " + name);
        }
        return value;
    }
}
