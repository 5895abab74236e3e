package io.wanspec.functions.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.Update;
import java.util.Set;

/**
 * A ledger as attributes of its session's head: what functions of the version before do not know lies beside what they do, since they refuse a
 * ledger with a field that is new to them.
 */
final class LedgerItem {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String LEDGER = "ledger";
    private static final String NEWER = "ledgerNewer";
    private static final Set<String> NEWER_FIELDS = Set.of("placement", "tokenDetails");

    private LedgerItem() {}

    static Item write(Item item, String ledger) {
        return item.with(LEDGER, older(ledger)).with(NEWER, newer(ledger));
    }

    static Update write(Update update, String ledger) {
        return update.set(LEDGER, older(ledger)).set(NEWER, newer(ledger));
    }

    /** As it was written; empty if there is none. */
    static String read(Item item) {
        String older = item.text(LEDGER);
        String newer = item.findText(NEWER).orElse("");
        return newer.isEmpty()
                ? older
                : tree(older).<ObjectNode>setAll(tree(newer)).toString();
    }

    private static String older(String ledger) {
        return newer(ledger).isEmpty()
                ? ledger
                : tree(ledger).without(NEWER_FIELDS).toString();
    }

    /** Empty where there is nothing of it. */
    private static String newer(String ledger) {
        if (ledger.isEmpty()) {
            return "";
        }
        ObjectNode newer = tree(ledger).retain(NEWER_FIELDS);
        return newer.isEmpty() ? "" : newer.toString();
    }

    private static ObjectNode tree(String ledger) {
        try {
            return (ObjectNode) MAPPER.readTree(ledger);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ledger is JSON", e);
        }
    }
}
