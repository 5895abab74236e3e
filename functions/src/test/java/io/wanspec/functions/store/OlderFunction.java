package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import io.wanspec.functions.table.Write;
import java.util.List;

/** What a function of the version before does with a session's record, by the attributes that it knows; it throws where one of them lacks. */
final class OlderFunction {
    private static final List<String> HEAD_TEXTS = List.of(
            "status", "owner", "model", "tokenizer", "weights", "temperature", "topP", "ledger", "failure", "mode");
    private static final List<String> HEAD_NUMBERS = List.of(
            "fence",
            "leaseUntil",
            "vocabulary",
            "contextTokens",
            "topK",
            "seed",
            "maxTokens",
            "promptTokens",
            "createdAt");
    private static final int MANY = 100;

    private final Table table;

    OlderFunction(Table table) {
        this.table = table;
    }

    /** As the owner of {@code lease}, who writes what it knows and leaves the rest as it is. */
    void end(SessionId id, Lease lease, String ledger, String failure) {
        Update update = Update.none()
                .set("status", "FAILED")
                .set("ledger", ledger)
                .set("failure", failure)
                .set("leaseUntil", 0);
        Condition mine = Condition.equal("status", "RUNNING")
                .and(Condition.equal("owner", lease.owner()))
                .and(Condition.equal("fence", lease.fence()));
        Write write = table.update(HeadItem.key(id), update, mine);
        if (!write.tookEffect()) {
            throw new IllegalStateException("refused: " + write);
        }
    }

    String statusOf(SessionId id) {
        return head(id).text("status");
    }

    String ledgerOf(SessionId id) {
        return head(id).text("ledger");
    }

    Tokens textOf(SessionId id) {
        Tokens text = Tokens.none();
        for (Item part : table.query("session#" + id.value(), "tokens#", MANY)) {
            text = text.plus(TokenBytes.decode(part.bytes("ids")));
        }
        return text;
    }

    private Item head(SessionId id) {
        Item head = table.get(HeadItem.key(id)).orElseThrow();
        HEAD_TEXTS.forEach(head::text);
        HEAD_NUMBERS.forEach(head::number);
        head.texts("stop");
        return head;
    }
}
