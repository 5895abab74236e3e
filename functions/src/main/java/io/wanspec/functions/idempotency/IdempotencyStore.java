package io.wanspec.functions.idempotency;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Keys in the table. Blocks, and throws the SDK's own exceptions if the table does not answer. */
public final class IdempotencyStore {
    /** As other services keep them: longer than any client tries again. */
    public static final Duration TIME_TO_LIVE = Duration.ofHours(24);

    private static final String FINGERPRINT = "fingerprint";
    private static final String SESSION = "session";
    private static final String CREATED = "createdAt";
    private static final String MODEL = "model";
    private static final String WEIGHTS = "weights";
    private static final String PROMPT_TOKENS = "promptTokens";
    private static final String SEED = "seed";
    private static final String MODE = "mode";

    private final Table table;
    private final Clock clock;

    public IdempotencyStore(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    public Optional<FirstRequest> find(Ownership owner, IdempotencyKey key) {
        return table.get(at(owner, key)).map(IdempotencyStore::read);
    }

    /**
     * Takes the key for this request, unless another came first.
     *
     * @param instead the request whose key is taken over, because it had no answer
     * @return the one that has the key now: this one, if it is the same
     */
    public FirstRequest claim(Ownership owner, IdempotencyKey key, FirstRequest mine, Optional<FirstRequest> instead) {
        return claim(owner, key, mine, instead, table::write);
    }

    /**
     * The same together with whatever else {@code written} writes: both, or neither.
     *
     * @param written takes the key's change to the table, and tells of that alone
     */
    public FirstRequest claim(
            Ownership owner,
            IdempotencyKey key,
            FirstRequest mine,
            Optional<FirstRequest> instead,
            Function<Change, Write> written) {
        Instant now = clock.instant();
        Condition free = Condition.absentOrExpired(now);
        Condition condition = instead.map(other -> other.facts().session().value())
                .map(session -> free.or(Condition.equal(SESSION, session)))
                .orElse(free)
                // Our own write whose answer was lost, and that was sent again.
                .or(Condition.equal(SESSION, mine.facts().session().value()));
        Instant expiresAt = now.plus(TIME_TO_LIVE);
        Item item = Due.at(write(Item.of(at(owner, key)), mine).expiring(expiresAt), expiresAt);
        return switch (written.apply(Change.put(item, condition))) {
            case Write.Done done -> mine;
            case Write.Refused(var _, var present) -> present == null ? mine : read(present);
        };
    }

    private static Item write(Item item, FirstRequest request) {
        AnswerFacts facts = request.facts();
        return item.with(FINGERPRINT, request.fingerprint().value())
                .with(SESSION, facts.session().value())
                .with(CREATED, facts.createdSeconds())
                .with(MODEL, facts.model())
                .with(WEIGHTS, facts.weights())
                .with(PROMPT_TOKENS, facts.promptTokens())
                .with(SEED, facts.seed())
                .with(MODE, facts.mode());
    }

    private static FirstRequest read(Item item) {
        var facts = new AnswerFacts(
                new SessionId(item.text(SESSION)),
                item.number(CREATED),
                item.text(MODEL),
                item.text(WEIGHTS),
                (int) item.number(PROMPT_TOKENS),
                item.number(SEED),
                item.text(MODE));
        return new FirstRequest(new Fingerprint(item.text(FINGERPRINT)), facts);
    }

    private static ItemKey at(Ownership owner, IdempotencyKey key) {
        return ItemKey.head("idem#" + owner.owner() + "#" + key.value());
    }
}
