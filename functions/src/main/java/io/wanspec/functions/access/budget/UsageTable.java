package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import io.wanspec.functions.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Use in the table: one item a key, written whole on the condition that nobody wrote since it was read. What a function wrote
 * last is remembered, so that one that is alone with a key reads nothing. A write that nobody answered may have taken effect:
 * its allotment is lost until the window ends, never had twice.
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

    private final Table table;
    private final ConcurrentHashMap<String, Item> last = new ConcurrentHashMap<>();

    public UsageTable(Table table) {
        this.table = table;
    }

    /** What a key used on one day. */
    public record Day(LocalDate date, long requests, long tokens) {}

    @Override
    public Taking take(String keyId, KeyLimits limits, Ask ask, long nowMs) {
        ItemKey key = ItemKey.head(partition(keyId));
        @Nullable Item known = last.get(keyId);
        boolean fresh = known == null;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (fresh && attempt == 0) {
                known = table.get(key).orElse(null);
            }
            Taking taking = UsageRules.take(UsageItem.read(known), limits, ask, nowMs);
            if (!(taking instanceof Taking.Granted granted)) {
                if (fresh) {
                    return taking;
                }
                // By what was known: others may have given back since.
                known = table.get(key).orElse(null);
                fresh = true;
                continue;
            }
            Item next = UsageItem.write(key, granted.state(), UsageItem.version(known) + 1)
                    .expiring(Instant.ofEpochMilli(nowMs).plus(STATE_KEPT));
            switch (table.put(next, unchanged(known, nowMs))) {
                case Write.Done done -> {
                    remember(keyId, next);
                    return granted;
                }
                case Write.Refused(var _, var present) -> {
                    known = present;
                    fresh = true;
                    pause(attempt);
                }
            }
        }
        throw SdkClientException.create("the use of key " + keyId + " is being written by too many at once");
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
    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1 + Math.min(PAUSE_MS_MAX, attempt)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while a budget was written", e);
        }
    }
}
