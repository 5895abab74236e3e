package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Unwritten;
import io.wanspec.functions.table.Update;
import io.wanspec.functions.table.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Use in the table: one item a key, written whole on the condition that nobody wrote since it was read. What a function wrote
 * last is remembered, so that one that is alone with a key reads nothing. Each version has its writer's mark: so a write that nobody
 * answered is known again when the item is seen next, and one that was sent twice takes effect once.
 */
public final class UsageTable implements UsageLedger {
    /** How long the use of a day can be looked up. */
    static final Duration REMEMBERED = Duration.ofDays(40);

    private static final Duration STATE_KEPT = Duration.ofDays(2);
    private static final int ATTEMPTS_MAX = 40;
    private static final int PAUSE_MS_MAX = 20;
    private static final int DAYS_MAX = 40;
    private static final int KEYS_KNOWN_MAX = 2_048;
    private static final String DAY = "day#";

    /** So many that no two of the last few are the same; they stand in the item. */
    private static final int MARK_BITS = 40;

    private final Table table;

    /**
     * Draws marks. Two functions out of one snapshot would draw the same ones from {@code ThreadLocalRandom}, and take each other's
     * writes for their own; the state of this one is stirred after a restore.
     */
    private final SecureRandom random = new SecureRandom();

    private final ConcurrentHashMap<String, Item> last = new ConcurrentHashMap<>();

    /** Few: a key is here while its writes are not answered. */
    private final ConcurrentHashMap<String, OpenWrites> open = new ConcurrentHashMap<>();

    public UsageTable(Table table) {
        this.table = table;
    }

    /** What a key used on one day. */
    public record Day(LocalDate date, long requests, long tokens) {}

    @Override
    public Taking take(String keyId, KeyLimits limits, Ask ask, long nowMs) {
        var call = new Call(keyId, limits, ask, nowMs);
        try {
            Taking taking = call.untilItTakesEffect();
            if (taking instanceof Taking.Refused) {
                call.returnsNothing();
            }
            return taking;
        } catch (RuntimeException e) {
            if (!call.unanswered) {
                call.returnsNothing();
            }
            throw e;
        }
    }

    /** One call: tries until a write takes effect on the state that it was made from. */
    private final class Call {
        private final String keyId;
        private final ItemKey key;
        private final KeyLimits limits;
        private final long nowMs;
        private Ask ask;
        private @Nullable Item known;
        private boolean fresh;
        private boolean unanswered;

        Call(String keyId, KeyLimits limits, Ask ask, long nowMs) {
            this.keyId = keyId;
            this.key = ItemKey.head(partition(keyId));
            this.limits = limits;
            this.ask = ask;
            this.nowMs = nowMs;
            this.known = last.get(keyId);
        }

        Taking untilItTakesEffect() {
            if (known == null) {
                read();
            }
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                Taking taking = UsageRules.take(UsageItem.read(known), limits, ask, nowMs);
                if (taking instanceof Taking.Granted granted) {
                    if (isWritten(granted)) {
                        return granted;
                    }
                    pause(attempt);
                } else if (fresh) {
                    return taking;
                } else {
                    // By what was known: others may have given back since.
                    read();
                }
            }
            throw SdkClientException.create("the use of key " + keyId + " is being written by too many at once");
        }

        private void read() {
            seen(table.get(key).orElse(null));
        }

        private void seen(@Nullable Item item) {
            look(keyId, item);
            known = item;
            fresh = true;
        }

        private boolean isWritten(Taking.Granted granted) {
            String mark = Long.toString(random.nextLong() >>> (Long.SIZE - MARK_BITS), Character.MAX_RADIX);
            Item next = UsageItem.next(key, known, granted.state(), mark)
                    .expiring(Instant.ofEpochMilli(nowMs).plus(STATE_KEPT));
            return switch (put(next, mark, granted)) {
                case Write.Done done -> {
                    remember(keyId, next);
                    yield true;
                }
                case Write.Refused(var _, var present) -> wasWritten(present, UsageItem.version(next), mark);
            };
        }

        private Write put(Item next, String mark, Taking.Granted granted) {
            try {
                return table.put(next, unchanged(known, nowMs));
            } catch (RuntimeException e) {
                last.remove(keyId);
                unanswered = !Unwritten.isCertain(e);
                if (unanswered) {
                    writes().add(UsageItem.version(next), mark, ask, granted);
                }
                throw e;
            }
        }

        /** A write that was sent twice, because its first answer was lost, is refused by what it wrote itself. */
        private boolean wasWritten(@Nullable Item present, long version, String mark) {
            seen(present);
            switch (UsageItem.fate(present, version, mark)) {
                case TOOK_EFFECT -> {
                    remember(keyId, Objects.requireNonNull(present));
                    return true;
                }
                // Who knows; nothing is given back twice.
                case OUT_OF_SIGHT -> ask = ask.withoutReturns();
                case NEVER, OPEN -> {}
            }
            return false;
        }

        /** Nothing was written, for certain. */
        void returnsNothing() {
            if (!ask.returns().isEmpty()) {
                writes().recover(ask.returns());
            }
        }

        private OpenWrites writes() {
            return open.computeIfAbsent(keyId, _ -> new OpenWrites());
        }
    }

    /** Whoever sees the item sees what became of writes that nobody answered. */
    private void look(String keyId, @Nullable Item item) {
        OpenWrites writes = open.get(keyId);
        if (writes != null) {
            writes.look(item);
        }
    }

    @Override
    public boolean isOpen(String keyId) {
        OpenWrites writes = open.get(keyId);
        return writes != null && writes.isOpen();
    }

    @Override
    public Map<Budget, Held> recovered(String keyId) {
        OpenWrites writes = open.get(keyId);
        if (writes == null) {
            return Map.of();
        }
        Map<Budget, Held> recovered = writes.recovered();
        if (!writes.isOpen()) {
            open.remove(keyId, writes);
        }
        return recovered;
    }

    @Override
    public void report(String keyId, long nowMs, long requests, long tokens) {
        Instant now = Instant.ofEpochMilli(nowMs);
        table.update(
                new ItemKey(partition(keyId), DAY + now.atZone(ZoneOffset.UTC).toLocalDate()),
                Update.none()
                        .add("requests", requests)
                        .add("tokens", tokens)
                        .set(Item.EXPIRES_AT, now.plus(REMEMBERED).getEpochSecond()),
                Condition.always());
    }

    /** What a key used, oldest day first; as far as functions have told, which they do within seconds. */
    public List<Day> days(String keyId) {
        return table.query(partition(keyId), DAY, DAYS_MAX).stream()
                .map(item -> new Day(
                        LocalDate.parse(item.key().sk().substring(DAY.length())),
                        item.number("requests"),
                        item.number("tokens")))
                .toList();
    }

    private void remember(String keyId, Item item) {
        look(keyId, item);
        if (last.size() >= KEYS_KNOWN_MAX) {
            last.clear();
        }
        last.put(keyId, item);
    }

    private static Condition unchanged(@Nullable Item known, long nowMs) {
        return known == null
                ? Condition.absentOrExpired(Instant.ofEpochMilli(nowMs))
                : Condition.equal(UsageItem.VERSION, UsageItem.version(known));
    }

    private static String partition(String keyId) {
        return "usage#" + keyId;
    }

    /** At random, so that those who met do not meet again. */
    private void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1 + Math.min(PAUSE_MS_MAX, attempt)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while a budget was written", e);
        }
    }
}
