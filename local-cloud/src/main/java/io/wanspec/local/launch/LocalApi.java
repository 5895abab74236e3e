package io.wanspec.local.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the API, and of the functions beside it, in the local cloud.
 *
 * @param busy SageMaker of the busy region
 * @param draft SageMaker of the draft region, across the WAN
 * @param aws the AWS emulator
 * @param requireKeys whether every request needs a key
 * @param site of workers that join, if any may
 */
record LocalApi(URI busy, URI draft, LocalAws aws, boolean requireKeys, Optional<LocalSite> site) {
    static final String BUSY_REGION = "us-east-1";
    static final String TARGET = "target";
    static final String DRAFT = "draft";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> LOGGING = List.of("WANSPEC_LOG_LEVEL", "WANSPEC_LOG_FORMAT");
    private static final String DRAFT_REGION = "us-west-2";

    /** As in {@code application.yml}. */
    Map<String, Object> properties() {
        JobQueues queues = new JobQueues(aws);
        Map<String, Object> properties = new HashMap<>();
        properties.put("wanspec.target.region", BUSY_REGION);
        properties.put("wanspec.target.endpoint", TARGET);
        properties.put("wanspec.target.endpoint-override", busy.toString());
        properties.put("wanspec.busy-draft.endpoint", DRAFT);
        properties.put("wanspec.busy-draft.endpoint-override", busy.toString());
        properties.put(
                "wanspec.workers",
                Stream.concat(Stream.of(worker()), site.map(_ -> onSite()).stream())
                        .toList());
        site.ifPresent(at -> {
            properties.put("wanspec.on-site.ticket-key", at.ticketKey());
            properties.put("wanspec.on-site.relay.region", DRAFT_REGION);
            properties.put("wanspec.on-site.relay.endpoint", LocalSite.RELAY);
            properties.put("wanspec.on-site.relay.endpoint-override", at.relay().toString());
        });
        properties.put("wanspec.sessions.table", SessionsTable.NAME);
        properties.put("wanspec.sessions.endpoint-override", aws.endpoint().toString());
        properties.put("wanspec.access.required", String.valueOf(requireKeys));
        properties.put("wanspec.jobs.queue", queues.jobs().toString());
        properties.put("wanspec.jobs.dead-letters", queues.deadLetters().toString());
        properties.put("wanspec.jobs.endpoint-override", aws.endpoint().toString());
        return properties;
    }

    /** The same as a function is given them: in variables, each a text. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        properties()
                .forEach((name, value) -> variables.put(
                        name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT),
                        value instanceof String text ? text : json(value)));
        // As for the API, which has them from the same environment.
        LOGGING.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever may use this cloud may use this machine, where the site is. */
    private Map<String, Object> onSite() {
        return Map.of(
                "id",
                CloudSettings.SITE,
                "region",
                DRAFT_REGION,
                "endpoint",
                LocalSite.RELAY,
                "endpoint-override",
                draft.toString(),
                "site",
                CloudSettings.SITE,
                "site-prompts",
                "any");
    }

    private Map<String, Object> worker() {
        return Map.of("id", "remote", "region", DRAFT_REGION, "endpoint", DRAFT, "endpoint-override", draft.toString());
    }
}
