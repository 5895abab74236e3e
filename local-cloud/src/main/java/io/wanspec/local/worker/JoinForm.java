package io.wanspec.local.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker says of itself when it joins.
 *
 * @param instance what it calls itself for as long as it runs
 * @param slots sessions that it takes at once
 * @param busy of those in use
 * @param needsKeys whether it needs credentials for the relay
 * @param leaving whether it goes
 */
record JoinForm(
        String instance,
        ModelIdentity model,
        int slots,
        int busy,
        Optional<Duration> pass,
        Optional<Duration> toRelay,
        boolean needsKeys,
        boolean leaving) {
    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("instance", instance);
        json.put("protocol", ProtocolVersion.CURRENT.number());
        json.put("slots", slots);
        json.put("busy", busy);
        ObjectNode identity = json.putObject("model");
        identity.put("name", model.name());
        identity.put("tokenizer", model.tokenizer());
        identity.put("weights", model.weights());
        identity.put("vocabulary", model.vocabulary());
        identity.put("context_tokens", model.contextTokens());
        pass.ifPresent(time -> json.put("pass_micros", time.toNanos() / 1_000));
        toRelay.ifPresent(time -> json.put("relay_micros", time.toNanos() / 1_000));
        json.put("credentials", needsKeys);
        json.put("leaving", leaving);
        return json.toString();
    }
}
