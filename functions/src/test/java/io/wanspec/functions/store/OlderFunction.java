package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.Table;
import java.util.List;

/** What a function of the version before reads of a session's record, by the attributes that it knows; it throws where one of them lacks. */
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
