package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Writes that nobody answered, and those that were refused. */
final class OpenWritesTest {
    private static final Clock STILL = Clock.fixed(Instant.parse("2126-11-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Held LEFT = new Held(Budget.TOKENS_PER_DAY.windowAt(STILL.millis()), 500);
    private static final Ask RETURN = new Ask("f", Map.of(Budget.TOKENS_PER_DAY, Ask.Part.give(LEFT)), 1, 0, 0);
    private static final Ask RENEWAL = new Ask("f", Map.of(), 1, 0, 0);
    private static final Taking.Granted NOTHING = new Taking.Granted(UsageState.EMPTY, Map.of(), 1, 0);

    @Test
    void renewalsPushOutNothingThatWasGivenBack() {
        var writes = new OpenWrites();
        writes.add(1, "return", RETURN, NOTHING);
        for (int i = 0; i < 100; i++) {
            writes.add(1, "renewal" + i, RENEWAL, NOTHING);
        }
        writes.look(UsageItem.next(ItemKey.head("usage#key"), null, UsageState.EMPTY, "another's"));
        assertThat(writes.recovered()).containsExactly(Map.entry(Budget.TOKENS_PER_DAY, LEFT));
        assertThat(writes.isOpen()).isFalse();
    }

    @Test
    void placesThatMayNotHaveBeenGivenBackAreGivenBackAgain() {
        var writes = new OpenWrites();
        writes.add(1, "renewal", RENEWAL, NOTHING);
        assertThat(writes.isOpen()).isTrue();
    }

    @Test
    void whatIsRefusedForCertainIsThereAgainAtOnce() {
        var table = new UsageTable(refusing(400, 1));
        assertThatThrownBy(() -> table.take("key", KeyLimits.none(), RETURN, STILL.millis()))
                .isInstanceOf(DynamoDbException.class);
        assertThat(table.isOpen("key")).isFalse();
        assertThat(table.recovered("key")).containsExactly(Map.entry(Budget.TOKENS_PER_DAY, LEFT));
    }

    /** An attempt before the last one may have taken effect. */
    @Test
    void whatIsRefusedAtLastIsNotKnownYet() {
        for (Table refusing : List.of(refusing(400, 2), refusing(500, 1), refusing(408, 1))) {
            var table = new UsageTable(refusing);
            assertThatThrownBy(() -> table.take("key", KeyLimits.none(), RETURN, STILL.millis()))
                    .isInstanceOf(DynamoDbException.class);
            assertThat(table.isOpen("key")).isTrue();
            assertThat(table.recovered("key")).isEmpty();
        }
    }

    private static Table refusing(int status, int attempts) {
        return new RefusingTable(status, attempts);
    }

    private static final class RefusingTable extends ForwardingTable {
        private final int status;
        private final int attempts;

        RefusingTable(int status, int attempts) {
            super(new TableModel(STILL));
            this.status = status;
            this.attempts = attempts;
        }

        @Override
        public Write write(Change change) {
            throw DynamoDbException.builder()
                    .statusCode(status)
                    .numAttempts(attempts)
                    .message("refused")
                    .build();
        }
    }
}
