package io.wanspec.functions.workers;

import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens in the table: keys of the scope {@link Scope#WORKER}, and beside each an item that says what it lets workers serve. Blocks, and
 * throws what {@link Table} throws.
 */
public final class WorkerTokens {
    private static final String SCOPE = "worker";

    private final Table table;
    private final KeyStore keys;

    public WorkerTokens(Table table) {
        this.table = table;
        this.keys = new KeyStore(table);
    }

    /** What the token says is written first: one without it lets nobody in. */
    public void create(WorkerToken token) {
        if (!token.key().scopes().equals(Set.of(Scope.WORKER))) {
            throw new IllegalArgumentException("a worker's token opens nothing else");
        }
        table.put(write(token));
        keys.create(token.key());
    }

    /**
     * As it is now.
     *
     * @param id as lists show it
     */
    public Optional<WorkerToken> find(String id) {
        return keys.findById(id).flatMap(this::withScope);
    }

    /** By their ids. Those that were revoked or have expired are among them. */
    public List<WorkerToken> list() {
        return keys.list().stream().flatMap(key -> withScope(key).stream()).toList();
    }

    /** Nobody joins with it any more, and who has joined is out when his ticket ends. A key that is no token stays as it is. */
    public Optional<WorkerToken> revoke(String id, Instant now) {
        return find(id).flatMap(token -> keys.revoke(id, now).map(revoked -> new WorkerToken(revoked, token.scope())));
    }

    private Optional<WorkerToken> withScope(AccessKey key) {
        return key.scopes().contains(Scope.WORKER)
                ? table.get(beside(key)).map(item -> new WorkerToken(key, read(item)))
                : Optional.empty();
    }

    private static ItemKey beside(AccessKey key) {
        return new ItemKey(KeyStore.partition(key.hash()), SCOPE);
    }

    private static Item write(WorkerToken token) {
        WorkerScope scope = token.scope();
        return Item.of(beside(token.key()))
                .with("site", scope.site())
                .with("slots", scope.slots())
                .with("workers", scope.workers())
                .with("owners", scope.owners().stream().sorted().toList());
    }

    private static WorkerScope read(Item item) {
        return new WorkerScope(
                item.text("site"),
                Math.toIntExact(item.number("slots")),
                Math.toIntExact(item.number("workers")),
                Set.copyOf(item.texts("owners")));
    }
}
