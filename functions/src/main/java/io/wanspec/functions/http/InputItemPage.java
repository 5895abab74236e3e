package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.responses.ConversationItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which of a response's input items are asked for.
 *
 * @param limit most items
 * @param ascending the oldest first
 * @param after id of the item behind which the page begins
 */
record InputItemPage(int limit, boolean ascending, Optional<String> after) {
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 100;

    static InputItemPage read(QueryFields query) {
        query.refuse("include");
        int limit = query.integer("limit", 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
        String order = query.string("order").orElse("desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw ApiException.invalid("order", "Invalid value for 'order': must be asc or desc.");
        }
        var page = new InputItemPage(limit, order.equals("asc"), query.string("after"));
        query.refuseOthers();
        return page;
    }

    ObjectNode of(List<ConversationItem> items) {
        List<ConversationItem> ordered = new ArrayList<>(items);
        if (!ascending) {
            Collections.reverse(ordered);
        }
        int from = after.map(id -> behind(ordered, id)).orElse(0);
        List<ConversationItem> page = ordered.subList(from, Math.min(from + limit, ordered.size()));
        ObjectNode json = Json.object();
        json.put("object", "list");
        ArrayNode data = json.putArray("data");
        page.forEach(item -> data.add(item.json()));
        // Clients expect texts here, also of a page without items.
        json.put("first_id", page.isEmpty() ? "" : page.getFirst().id());
        json.put("last_id", page.isEmpty() ? "" : page.getLast().id());
        json.put("has_more", from + page.size() < ordered.size());
        return json;
    }

    private static int behind(List<ConversationItem> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        throw ApiException.invalid(
                "after", "There is no input item '" + ApiException.shown(id) + "'. Use the last_id of a page.");
    }
}
