package io.wanspec.functions.table;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of the table, as it was read or is to be written. Never changes; each {@code with} makes another one.
 *
 * @param attributes without those of the key
 */
public record Item(ItemKey key, Map<String, AttributeValue> attributes) {
    /** When the item is gone, in seconds since 1970. DynamoDB deletes it up to two days later. */
    public static final String EXPIRES_AT = "expiresAt";

    public Item {
        attributes = Map.copyOf(attributes);
        if (attributes.containsKey(ItemKey.PK) || attributes.containsKey(ItemKey.SK)) {
            throw new IllegalArgumentException("the key is no attribute");
        }
    }

    public static Item of(ItemKey key) {
        return new Item(key, Map.of());
    }

    static Item read(Map<String, AttributeValue> all) {
        Map<String, AttributeValue> rest = new HashMap<>(all);
        AttributeValue pk = rest.remove(ItemKey.PK);
        AttributeValue sk = rest.remove(ItemKey.SK);
        if (pk == null || sk == null) {
            throw new IllegalStateException("an item of the table has no key");
        }
        return new Item(new ItemKey(pk.s(), sk.s()), rest);
    }

    Map<String, AttributeValue> toAttributes() {
        Map<String, AttributeValue> all = new HashMap<>(attributes);
        all.putAll(key.toAttributes());
        return all;
    }

    public Item with(String name, AttributeValue value) {
        Map<String, AttributeValue> more = new HashMap<>(attributes);
        more.put(name, value);
        return new Item(key, more);
    }

    public Item with(String name, String text) {
        return with(name, AttributeValue.fromS(text));
    }

    public Item with(String name, long number) {
        return with(name, number(number));
    }

    public Item with(String name, byte[] bytes) {
        return with(name, AttributeValue.fromB(SdkBytes.fromByteArray(bytes)));
    }

    public Item with(String name, List<String> texts) {
        return with(
                name,
                AttributeValue.fromL(texts.stream().map(AttributeValue::fromS).toList()));
    }

    public Item without(String name) {
        Map<String, AttributeValue> fewer = new HashMap<>(attributes);
        fewer.remove(name);
        return new Item(key, fewer);
    }

    public Item expiring(Instant at) {
        return with(EXPIRES_AT, at.getEpochSecond());
    }

    /** Whether its time is over, though the table may still hold it. */
    public boolean isExpired(Instant now) {
        OptionalLong at = findNumber(EXPIRES_AT);
        return at.isPresent() && at.getAsLong() <= now.getEpochSecond();
    }

    /** @throws IllegalStateException as the others that find nothing where something has to be */
    public String text(String name) {
        return findText(name).orElseThrow(() -> missing(name));
    }

    public long number(String name) {
        return findNumber(name).orElseThrow(() -> missing(name));
    }

    public byte[] bytes(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(AttributeValue::b)
                .orElseThrow(() -> missing(name))
                .asByteArray();
    }

    public List<String> texts(String name) {
        return Optional.ofNullable(attributes.get(name)).orElseThrow(() -> missing(name)).l().stream()
                .map(AttributeValue::s)
                .toList();
    }

    public Optional<String> findText(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public OptionalLong findNumber(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.n() == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.n()));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }

    /** Neither names nor values of others: what an item holds must not come into a log. */
    @Override
    public String toString() {
        return "Item[" + key + "]";
    }

    private IllegalStateException missing(String name) {
        return new IllegalStateException("an item '" + key.sk() + "' of the table has no " + name);
    }
}
