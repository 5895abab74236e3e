package io.wanspec.functions.observe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Instant;
import java.util.List;

/**
 * One line in CloudWatch's embedded metric format: a function needs no agent and no call for its metrics, a line on standard output is
 * enough ("Specification: Embedded metric format" in the CloudWatch User Guide). Dimensions are few; ids stand beside them as properties,
 * which cost nothing.
 */
final class EmbeddedLine {
    private static final String NAMESPACE = "WANSpec";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectNode line = MAPPER.createObjectNode();
    private final ArrayNode metrics;

    /** @param dimensions sets of names, of which each is a property too */
    EmbeddedLine(Instant at, List<List<String>> dimensions) {
        ObjectNode head = line.putObject("_aws");
        head.put("Timestamp", at.toEpochMilli());
        ObjectNode directive = head.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        ArrayNode sets = directive.putArray("Dimensions");
        dimensions.forEach(names -> names.forEach(sets.addArray()::add));
        metrics = directive.putArray("Metrics");
    }

    EmbeddedLine property(String name, String value) {
        line.put(name, value);
        return this;
    }

    /** The current request's names. */
    EmbeddedLine traced() {
        RequestTrace.current().ifPresent(trace -> {
            property(RequestTrace.REQUEST_KEY, trace.request().value());
            property(RequestTrace.TRACE_KEY, trace.trace().hex());
        });
        return this;
    }

    EmbeddedLine count(String name, long value) {
        return metric(name, "Count", (double) value);
    }

    EmbeddedLine metric(String name, String unit, double value) {
        metrics.addObject().put("Name", name).put("Unit", unit);
        line.put(name, value);
        return this;
    }

    String write() {
        return line.toString();
    }
}
