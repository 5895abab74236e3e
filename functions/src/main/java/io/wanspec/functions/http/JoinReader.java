package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.workers.JoinOutcome;
import io.wanspec.functions.workers.JoinRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a worker says when it joins, and what it is told. */
final class JoinReader {
    private static final int MICROS_MAX = 1_000_000_000;
    private static final int PROTOCOL_MAX = 1_000;

    private JoinReader() {}

    static JoinRequest read(byte[] body) {
        Fields fields = new Fields(Json.parse(body), "");
        Fields model = fields.object("model").orElseThrow(() -> ApiException.missing("model"));
        try {
            var request = new JoinRequest(
                    required(fields, "instance"),
                    model(model),
                    new ProtocolVersion(required(fields, "protocol", 1, PROTOCOL_MAX)),
                    required(fields, "slots", 1, Ticket.SLOTS_MAX),
                    fields.integer("busy", 0, Ticket.SLOTS_MAX).orElse(0),
                    micros(fields, "pass_micros"),
                    micros(fields, "relay_micros"),
                    fields.bool("credentials"),
                    fields.bool("leaving"));
            fields.refuseOthers();
            return request;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("model", "The worker is not understood: " + e.getMessage() + ".");
        }
    }

    private static ModelIdentity model(Fields model) {
        var identity = new ModelIdentity(
                required(model, "name"),
                required(model, "tokenizer"),
                required(model, "weights"),
                required(model, "vocabulary", 1, Integer.MAX_VALUE),
                required(model, "context_tokens", 1, Limits.SEQUENCE_TOKENS_MAX));
        model.refuseOthers();
        return identity;
    }

    private static Optional<Duration> micros(Fields fields, String name) {
        OptionalInt value = fields.integer(name, 0, MICROS_MAX);
        return value.isPresent() ? Optional.of(Duration.ofNanos(value.getAsInt() * 1_000L)) : Optional.empty();
    }

    private static String required(Fields fields, String name) {
        return fields.string(name).orElseThrow(() -> ApiException.missing(fields.path(name)));
    }

    private static int required(Fields fields, String name, int min, int max) {
        return fields.integer(name, min, max).orElseThrow(() -> ApiException.missing(fields.path(name)));
    }

    static ObjectNode json(JoinOutcome.Admitted admitted) {
        Ticket ticket = admitted.ticket();
        EndpointAddress relay = admitted.relay();
        ObjectNode json = Json.object();
        json.put("object", "wanspec.worker");
        json.put("worker", ticket.worker().value());
        json.put("site", ticket.site());
        json.put("slots", ticket.slots());
        json.put("ticket", admitted.sealed());
        json.put("ticket_seconds", Ticket.LIFE_SECONDS);
        ObjectNode at = json.putObject("relay");
        at.put("region", relay.region());
        at.put("endpoint", relay.name());
        Optional.ofNullable(relay.override()).ifPresent(uri -> at.put("url", uri.toString()));
        admitted.credentials().ifPresent(given -> {
            ObjectNode credentials = json.putObject("credentials");
            credentials.put("access_key_id", given.accessKeyId());
            credentials.put("secret_access_key", given.secretAccessKey());
            credentials.put("session_token", given.sessionToken());
            credentials.put("expires_at", given.expiresAt().getEpochSecond());
        });
        return json;
    }
}
