package io.wanspec.infra.construct;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.infra.settings.AllowedSite;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import io.wanspec.infra.settings.OnSiteWorker;
import io.wanspec.simulator.region.PriceTable;
import io.wanspec.simulator.region.PriceTable.Price;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the functions are told (functions/README.md), as environment variables. A test has the functions' own reader read it. */
public final class FunctionEnvironment {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final PriceTable PRICES = PriceTable.ofRepository();

    private FunctionEnvironment() {}

    /** Of all functions. */
    public static Map<String, String> common(Deployment deployment, String table) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("WANSPEC_TARGET_REGION", deployment.target().site().region());
        variables.put("WANSPEC_TARGET_ENDPOINT", deployment.targetEndpoint());
        variables.put("WANSPEC_SESSIONS_TABLE", table);
        variables.put("WANSPEC_SESSIONS_TTL", deployment.data().hours() + "h");
        variables.put("WANSPEC_LOG_FORMAT", "json");
        return variables;
    }

    /** Of those that generate: who drafts, where jobs wait, and that callers are those of the gateway. */
    public static Map<String, String> generating(Deployment deployment, String table, String jobs, String deadLetters) {
        Map<String, String> variables = common(deployment, table);
        if (deployment.target().busyDraft() != null) {
            variables.put("WANSPEC_BUSY_DRAFT_ENDPOINT", deployment.busyDraftEndpoint());
        }
        variables.put("WANSPEC_WORKERS", workers(deployment));
        variables.put("WANSPEC_JOBS_QUEUE", jobs);
        variables.put("WANSPEC_JOBS_DEAD_LETTERS", deadLetters);
        variables.put("WANSPEC_ACCESS_TRUST_GATEWAY", "true");
        return variables;
    }

    /**
     * Of those that generate, where workers on site dial in.
     *
     * @param ticketKey what the relay has, too
     */
    public static Map<String, String> meeting(Deployment deployment, String ticketKey, Map<String, String> variables) {
        variables.put("WANSPEC_ON_SITE_TICKET_KEY", ticketKey);
        variables.put("WANSPEC_ON_SITE_RELAY_REGION", deployment.target().site().region());
        variables.put("WANSPEC_ON_SITE_RELAY_ENDPOINT", deployment.relayEndpoint());
        return variables;
    }

    /** Of the one of them that lets these in: as whom they dial. */
    public static Map<String, String> lettingIn(Deployment deployment, Map<String, String> variables) {
        variables.put("WANSPEC_ON_SITE_DIAL_ROLE", Relay.dialRoleArn(deployment));
        return variables;
    }

    /** Of the one that answers browsers, where these get the console; without this none does. */
    public static Map<String, String> showing(Map<String, String> variables) {
        variables.put("WANSPEC_CONSOLE", "public");
        return variables;
    }

    /** Of the one that looks after them: it counts what waits. */
    public static Map<String, String> sweeping(Deployment deployment, String table, String jobs, String deadLetters) {
        Map<String, String> variables = common(deployment, table);
        variables.put("WANSPEC_JOBS_QUEUE", jobs);
        variables.put("WANSPEC_JOBS_DEAD_LETTERS", deadLetters);
        return variables;
    }

    /** Behind the Web Adapter, which streams. */
    static Map<String, String> adapted(Map<String, String> variables, boolean managed) {
        variables.put("AWS_LWA_INVOKE_MODE", "response_stream");
        variables.put("AWS_LWA_READINESS_CHECK_PATH", "/livez");
        variables.put("AWS_LWA_PORT", "8080");
        if (managed) {
            variables.put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/bootstrap");
        }
        return variables;
    }

    private static String workers(Deployment deployment) {
        ArrayNode workers = MAPPER.createArrayNode();
        boolean priced = deployment.allowedDrafts().stream()
                .allMatch(draft -> usdPerHour(draft).isPresent());
        for (DraftSite draft : deployment.allowedDrafts()) {
            String region = draft.site().region();
            ObjectNode worker = worker(workers, draft.id(), region, deployment.draftEndpoint(draft));
            if (priced) {
                usdPerHour(draft).ifPresent(usd -> worker.put("usd-per-hour", usd));
            }
            if (deployment.isForeign(draft)) {
                worker.put("role", "arn:aws:iam::" + draft.site().account() + ":role/" + deployment.callerRole(draft));
            }
        }
        for (OnSiteWorker worker : deployment.allowedOnSite()) {
            ObjectNode entry = worker(workers, worker.id(), worker.region(), worker.id());
            entry.put("endpoint-override", worker.address());
            if (worker.secret() != null) {
                entry.put("secret", worker.secret());
            }
        }
        for (AllowedSite site : deployment.allowedSites()) {
            worker(workers, site.id(), deployment.target().site().region(), deployment.relayEndpoint())
                    .put("site", site.name())
                    .put("site-prompts", site.prompts().word());
        }
        return workers.toString();
    }

    /** Told of all draft regions or of none: beside the others one without a price would count as free. */
    private static Optional<Double> usdPerHour(DraftSite draft) {
        return PRICES.find(draft.endpoint().instances().type(), draft.site().region())
                .map(Price::usd);
    }

    private static ObjectNode worker(ArrayNode workers, String id, String region, String endpoint) {
        return workers.addObject().put("id", id).put("region", region).put("endpoint", endpoint);
    }
}
