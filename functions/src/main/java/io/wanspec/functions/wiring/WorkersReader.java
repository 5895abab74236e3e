package io.wanspec.functions.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.core.type.Argument;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Choice;
import io.wanspec.controller.Place;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
import io.wanspec.functions.settings.OnSite;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code wanspec.workers}: a list of {@code {id, region, endpoint, endpoint-override, transport, role, secret, site, site-prompts}}, or the same as a JSON
 * text, which is what fits into one environment variable. Each may say {@code usd-per-hour}, too.
 */
final class WorkersReader {
    private static final JsonMapper MAPPER = new JsonMapper();

    private WorkersReader() {}

    static List<DraftEndpoint> read(PropertyReader root) {
        List<Map<String, Object>> entries = entries(root);
        List<DraftEndpoint> workers = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            workers.add(worker(root, entries.get(i), root.key("workers") + "[" + i + "]"));
        }
        return workers;
    }

    private static List<Map<String, Object>> entries(PropertyReader root) {
        String key = root.key("workers");
        String text = root.resolver().getProperty(key, Object.class).orElse("") instanceof String json ? json : null;
        if (text == null) {
            return root.resolver()
                    .getProperty(key, Argument.listOf(Argument.mapOf(String.class, Object.class)))
                    .orElse(List.of());
        }
        try {
            return text.isBlank() ? List.of() : MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    key + " must be a JSON array of {id, region, endpoint, endpoint-override}", e);
        }
    }

    private static DraftEndpoint worker(PropertyReader root, Map<String, Object> entry, String key) {
        String override = text(entry, "endpoint-override");
        EndpointAddress address = new EndpointAddress(
                required(entry, "region", key),
                required(entry, "endpoint", key),
                override == null ? null : URI.create(override),
                transport(entry, key),
                access(entry, key));
        return new DraftEndpoint(
                new WorkerId(required(entry, "id", key)),
                Place.DRAFT_REGION,
                ofSite(root, address, entry, key),
                price(entry, key));
    }

    private static double price(Map<String, Object> entry, String key) {
        String price = text(entry, "usd-per-hour");
        try {
            return price == null ? 0 : Double.parseDouble(price);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ".usd-per-hour must be a number, was '" + price + "'", e);
        }
    }

    private static EndpointAddress ofSite(
            PropertyReader root, EndpointAddress address, Map<String, Object> entry, String key) {
        String site = text(entry, "site");
        String prompts = text(entry, "site-prompts");
        if (prompts != null && !prompts.equals("any") && !prompts.equals("named")) {
            throw new IllegalArgumentException(key + ".site-prompts must be any or named, was '" + prompts + "'");
        }
        return site == null
                ? address
                : address.forSite(new OnSite(site, "any".equals(prompts), OnSiteReader.seal(root.under("on-site"))));
    }

    private static EndpointAccess access(Map<String, Object> entry, String key) {
        String role = text(entry, "role");
        String secret = text(entry, "secret");
        if (role != null && secret != null) {
            throw new IllegalArgumentException(
                    key + " has a role and a secret, and can be called with one of them only");
        }
        if (role != null) {
            return new EndpointAccess.Role(role);
        }
        return secret == null ? new EndpointAccess.Own() : new EndpointAccess.Secret(secret);
    }

    private static LinkTransport transport(Map<String, Object> entry, String key) {
        String word = text(entry, "transport");
        return word == null
                ? LinkTransport.AUTO
                : Choice.find(LinkTransport.class, word)
                        .orElseThrow(() -> new IllegalArgumentException(key + ".transport must be one of "
                                + Choice.words(LinkTransport.class) + ", was '" + word + "'"));
    }

    private static String required(Map<String, Object> entry, String name, String key) {
        String value = text(entry, name);
        if (value == null) {
            throw new IllegalArgumentException(key + "." + name + " must be set");
        }
        return value;
    }

    private static @Nullable String text(Map<String, Object> entry, String name) {
        Object value = entry.get(name);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
