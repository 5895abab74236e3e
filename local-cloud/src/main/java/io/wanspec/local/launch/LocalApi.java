package io.wanspec.local.launch;

import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of the API, and of the functions beside it, in the local cloud.
 *
 * @param busy SageMaker of the busy region
 * @param draft SageMaker of the draft region, across the WAN
 * @param aws the AWS emulator
 * @param requireKeys whether every request needs a key
 */
record LocalApi(URI busy, URI draft, LocalAws aws, boolean requireKeys) {
    static final String BUSY_REGION = "us-east-1";
    static final String TARGET = "target";
    static final String DRAFT = "draft";

    private static final String DRAFT_REGION = "us-west-2";

    /** As in {@code application.yml}. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("wanspec.target.region", BUSY_REGION);
        properties.put("wanspec.target.endpoint", TARGET);
        properties.put("wanspec.target.endpoint-override", busy.toString());
        properties.put("wanspec.busy-draft.endpoint", DRAFT);
        properties.put("wanspec.busy-draft.endpoint-override", busy.toString());
        properties.put("wanspec.workers", List.of(worker()));
        properties.put("wanspec.sessions.table", SessionsTable.NAME);
        properties.put("wanspec.sessions.endpoint-override", aws.endpoint().toString());
        properties.put("wanspec.access.required", String.valueOf(requireKeys));
        return properties;
    }

    private Map<String, Object> worker() {
        return Map.of("id", "remote", "region", DRAFT_REGION, "endpoint", DRAFT, "endpoint-override", draft.toString());
    }
}
