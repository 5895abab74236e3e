package io.wanspec.functions.lambda;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Settings of a function that has a table, and a target at which nobody answers. */
final class NowhereSettings {
    static final String REGION = "us-east-1";

    private NowhereSettings() {}

    /** @param aws where the table is */
    static Map<String, String> of(String table, URI aws) {
        return Map.of(
                "wanspec.target.region",
                REGION,
                "wanspec.target.endpoint",
                "target",
                "wanspec.target.endpoint-override",
                "http://127.0.0.1:9",
                "wanspec.sessions.table",
                table,
                "wanspec.sessions.endpoint-override",
                aws.toString());
    }

    /** As system properties, with what the SDK signs with. */
    static Map<String, String> withCredentials(String table, URI aws) {
        Map<String, String> settings = new HashMap<>(of(table, aws));
        settings.put("aws.accessKeyId", "local");
        settings.put("aws.secretAccessKey", "local");
        return settings;
    }
}
