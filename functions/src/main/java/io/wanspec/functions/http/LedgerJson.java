package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.ledger.Ledger;

/** The ledger as the API shows it. */
final class LedgerJson {
    private LedgerJson() {}

    /** @param withText whether text and token ids are shown too */
    static ObjectNode of(Ledger ledger, boolean withText) {
        ObjectNode json = (ObjectNode) Json.tree(ledger);
        if (!withText) {
            json.remove("text");
            json.remove("tokenIds");
        }
        return json;
    }
}
