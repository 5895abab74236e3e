package io.wanspec.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.workers.WorkerScope;
import io.wanspec.functions.workers.WorkerToken;

/** Tokens of workers as JSON for scripts: neither secret nor hash. */
final class WorkerTokenJson {
    private WorkerTokenJson() {}

    static ObjectNode of(WorkerToken token) {
        ObjectNode json = KeyJson.of(token.key());
        WorkerScope scope = token.scope();
        json.remove("scopes");
        json.remove("limits");
        json.put("site", scope.site());
        json.put("slots", scope.slots());
        json.put("workers", scope.workers());
        var owners = json.putArray("owners");
        scope.owners().stream().sorted().forEach(owners::add);
        return json;
    }
}
