package io.wanspec.functions.access;

import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A key as an item of the table, and back. What is absent there has no limit, no end, no region it may not be seen in. */
final class KeyItem {
    private static final String REQUESTS_PER_MINUTE = "requestsPerMinute";
    private static final String TOKENS_PER_MINUTE = "tokensPerMinute";
    private static final String TOKENS_PER_DAY = "tokensPerDay";
    private static final String CONCURRENT = "concurrent";
    private static final String KEY_EXPIRES_AT = "keyExpiresAt";
    private static final String REVOKED_AT = "revokedAt";

    private KeyItem() {}

    /** Where a verifier looks. */
    static ItemKey key(String hash) {
        return ItemKey.head("key#" + hash);
    }

    static Item write(AccessKey key) {
        Item item = Item.of(key(key.hash()))
                .with("id", key.id())
                .with("name", key.name())
                .with("owner", key.owner())
                .with("scopes", Scope.words(key.scopes()))
                .with("regions", key.regions().toString())
                .with("createdAt", key.createdAt().getEpochSecond());
        item = with(item, REQUESTS_PER_MINUTE, key.limits().requestsPerMinute());
        item = with(item, TOKENS_PER_MINUTE, key.limits().tokensPerMinute());
        item = with(item, TOKENS_PER_DAY, key.limits().tokensPerDay());
        item = with(item, CONCURRENT, key.limits().concurrent());
        item = with(item, KEY_EXPIRES_AT, seconds(key.expiresAt()));
        return with(item, REVOKED_AT, seconds(key.revokedAt()));
    }

    static AccessKey read(Item item) {
        return new AccessKey(
                item.text("id"),
                item.key().pk().substring("key#".length()),
                item.text("name"),
                item.text("owner"),
                Scope.parse(item.text("scopes")),
                new KeyLimits(
                        item.findNumber(REQUESTS_PER_MINUTE),
                        item.findNumber(TOKENS_PER_MINUTE),
                        item.findNumber(TOKENS_PER_DAY),
                        item.findNumber(CONCURRENT)),
                PromptRegions.parse(item.text("regions")),
                Instant.ofEpochSecond(item.number("createdAt")),
                instant(item.findNumber(KEY_EXPIRES_AT)),
                instant(item.findNumber(REVOKED_AT)));
    }

    private static Item with(Item item, String name, OptionalLong value) {
        return value.isPresent() ? item.with(name, value.getAsLong()) : item;
    }

    private static OptionalLong seconds(Optional<Instant> at) {
        return at.map(instant -> OptionalLong.of(instant.getEpochSecond())).orElseGet(OptionalLong::empty);
    }

    private static Optional<Instant> instant(OptionalLong seconds) {
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }
}
