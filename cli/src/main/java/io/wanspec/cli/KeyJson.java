package io.wanspec.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.budget.UsageTable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Keys as JSON for scripts: neither secret nor hash. */
final class KeyJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private KeyJson() {}

    static ObjectNode of(AccessKey key) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", key.id());
        json.put("name", key.name());
        json.put("owner", key.owner());
        json.put("state", state(key));
        var scopes = json.putArray("scopes");
        key.scopes().stream().sorted().map(Scope::word).forEach(scopes::add);
        ObjectNode limits = json.putObject("limits");
        put(limits, "requestsPerMinute", key.limits().requestsPerMinute());
        put(limits, "tokensPerMinute", key.limits().tokensPerMinute());
        put(limits, "tokensPerDay", key.limits().tokensPerDay());
        put(limits, "concurrent", key.limits().concurrent());
        key.regions().allowed().ifPresent(regions -> {
            var array = json.putArray("promptRegions");
            regions.stream().sorted().forEach(array::add);
        });
        json.put("createdAt", key.createdAt().toString());
        key.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        key.revokedAt().ifPresent(at -> json.put("revokedAt", at.toString()));
        return json;
    }

    static ObjectNode of(AccessKey key, List<UsageTable.Day> days) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", key.id());
        json.put("name", key.name());
        var array = json.putArray("days");
        for (UsageTable.Day day : days) {
            ObjectNode entry = array.addObject();
            entry.put("date", day.date().toString());
            entry.put("requests", day.requests());
            entry.put("tokens", day.tokens());
        }
        return json;
    }

    static ObjectNode listed(String name, List<ObjectNode> nodes) {
        ObjectNode json = MAPPER.createObjectNode();
        json.putArray(name).addAll(nodes);
        return json;
    }

    static String state(AccessKey key) {
        return key.stateAt(Instant.now()).name().toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode json, String name, OptionalLong limit) {
        limit.ifPresent(value -> json.put(name, value));
    }
}
