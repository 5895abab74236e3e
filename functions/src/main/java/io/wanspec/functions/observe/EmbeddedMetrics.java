package io.wanspec.functions.observe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * One line for each session in CloudWatch's embedded metric format: a function needs no agent and no call for its metrics, a line
 * on standard output is enough ("Specification: Embedded metric format" in the CloudWatch User Guide). Dimensions are few; ids
 * stand beside them as properties, which cost nothing.
 */
public final class EmbeddedMetrics implements SessionObserver {
    private static final String NAMESPACE = "WANSpec";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Consumer<String> lines;
    private final Clock clock;

    public EmbeddedMetrics(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public void started(SessionRequest request) {}

    @Override
    public void committed(int position, Progress progress) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        write(
                request.generation().session(),
                SessionCounts.of(request.speculation().mode(), outcome));
    }

    void write(SessionId session, SessionCounts counts) {
        lines.accept(new Line(counts).write(session));
    }

    private final class Line {
        private final SessionCounts counts;
        private final ObjectNode line = MAPPER.createObjectNode();
        private final ArrayNode metrics;

        Line(SessionCounts counts) {
            this.counts = counts;
            ObjectNode head = line.putObject("_aws");
            head.put("Timestamp", clock.millis());
            ObjectNode directive = head.putArray("CloudWatchMetrics").addObject();
            directive.put("Namespace", NAMESPACE);
            ArrayNode dimensions = directive.putArray("Dimensions");
            dimensions.addArray().add("Mode");
            dimensions.addArray().add("Mode").add("Outcome");
            metrics = directive.putArray("Metrics");
        }

        String write(SessionId session) {
            line.put("Mode", counts.mode().word());
            line.put("Outcome", counts.outcome());
            line.put("session", session.value());
            RequestTrace.current().ifPresent(trace -> {
                line.put(RequestTrace.REQUEST_KEY, trace.request().value());
                line.put(RequestTrace.TRACE_KEY, trace.trace().hex());
            });
            measures();
            return line.toString();
        }

        private void measures() {
            var ledger = counts.ledger();
            count("Sessions", 1);
            count("Tokens", ledger.tokens());
            count("TargetPasses", ledger.targetPasses());
            count("BusyRegionDraftPasses", ledger.busyDraftPasses());
            count("RemoteDraftPasses", ledger.remoteDraftPasses());
            count("BusyRegionDraftPassesSaved", counts.busyPassesSaved());
            count("DraftTokensProposed", counts.proposed());
            count("DraftTokensAccepted", counts.accepted());
            metric("StallTime", "Milliseconds", ledger.stallMs());
            metric("Duration", "Milliseconds", ledger.totalMs());
            metric("WanBytes", "Bytes", (double) ledger.wanBytes());
            if (counts.hasTokens()) {
                metric("TimeToFirstToken", "Milliseconds", ledger.timeToFirstTokenMs());
                metric("TimePerToken", "Milliseconds", counts.secondsPerToken() * 1e3);
            }
        }

        private void count(String name, long value) {
            metric(name, "Count", (double) value);
        }

        private void metric(String name, String unit, double value) {
            metrics.addObject().put("Name", name).put("Unit", unit);
            line.put(name, value);
        }
    }
}
