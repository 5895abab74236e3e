package io.wanspec.functions.access;

import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keys in the table: each under its hash, where verifiers look, and a pointer to it in one partition that lists them all. Blocks,
 * and throws what {@link Table} throws.
 */
public final class KeyStore implements KeyVerifier.Lookup {
    /** A list is for people, and a page of it for one query. */
    public static final int LISTED_MAX = 1_000;

    private static final String LIST = "keys";
    private static final String HASH = "hash";
    private static final int ATTEMPTS_MAX = 3;

    private final Table table;

    public KeyStore(Table table) {
        this.table = table;
    }

    /** @throws IllegalStateException if there is one of this id or hash, which chance does not bring about */
    public void create(AccessKey key) {
        Write written = table.transact(List.of(
                Change.put(Item.of(pointer(key.id())).with(HASH, key.hash()), Condition.absent()),
                Change.put(KeyItem.write(key), Condition.absent())));
        if (!written.tookEffect()) {
            throw new IllegalStateException("there is a key " + key.id() + " already");
        }
    }

    @Override
    public Optional<AccessKey> find(String hash) {
        return table.get(KeyItem.key(hash)).map(KeyItem::read);
    }

    /** @param id as lists show it */
    public Optional<AccessKey> findById(String id) {
        return table.get(pointer(id)).map(item -> item.text(HASH)).flatMap(this::find);
    }

    /** By their ids. Those that were revoked or have expired are among them. */
    public List<AccessKey> list() {
        return table.query(LIST, "", LISTED_MAX).stream()
                .map(item -> item.text(HASH))
                .flatMap(hash -> find(hash).stream())
                .toList();
    }

    /** Nothing opens with it any more, as soon as caches have forgotten it. One that was revoked stays as it is. */
    public Optional<AccessKey> revoke(String id, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Optional<AccessKey> found = findById(id);
            if (found.isEmpty() || found.get().revokedAt().isPresent()) {
                return found;
            }
            AccessKey revoked = found.get().revoked(now);
            if (table.put(KeyItem.write(revoked), Condition.has("revokedAt").negated())
                    .tookEffect()) {
                return Optional.of(revoked);
            }
        }
        throw new IllegalStateException("the key " + id + " is being changed by somebody else");
    }

    /** Where a key lies, for what belongs to it. */
    public static String partition(String hash) {
        return KeyItem.key(hash).pk();
    }

    private static ItemKey pointer(String id) {
        return new ItemKey(LIST, id);
    }
}
