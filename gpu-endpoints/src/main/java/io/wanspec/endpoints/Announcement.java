package io.wanspec.endpoints;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.server.Role;

/** The one line on standard output, for whoever started the server. */
final class Announcement {
    private Announcement() {}

    static String of(int port, Role role, String model, MinimumPassTime pace) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("event", "listening");
        line.put("port", port);
        line.put("role", role.label());
        line.put("model", model);
        line.put("paced", pace.isPaced());
        if (pace.isPaced()) {
            line.put("pacePassMs", pace.passMs());
            line.put("paceTokenMs", pace.tokenMs());
        }
        return line.toString();
    }
}
