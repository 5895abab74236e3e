package io.wanspec.contracts.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.WorkerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals tickets and opens them again: {@code payload.seal}, both in base64url, the seal an HMAC-SHA-256 of the payload. Both sides know
 * the key, and nobody else may: who does can make tickets.
 */
public final class TicketSeal {
    /** Longer than any ticket is. */
    public static final int LENGTH_MAX = 4_096;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_LENGTH_MIN = 32;

    /** So that no seal of anything else with this key is taken for one of a ticket. */
    private static final String PURPOSE = "wanspec-ticket-1.";

    private static final String PASS = "wanspec-pass-1.";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final SecretKeySpec key;

    private TicketSeal(SecretKeySpec key) {
        this.key = key;
    }

    /** @param secret at least 32 characters that cannot be guessed */
    public static TicketSeal of(String secret) {
        if (secret.length() < KEY_LENGTH_MIN) {
            throw new IllegalArgumentException("the key of tickets needs at least " + KEY_LENGTH_MIN + " characters");
        }
        return new TicketSeal(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    public String seal(Ticket ticket) {
        String payload = encoded(written(ticket));
        return payload + "." + encoded(sealOf(PURPOSE, payload));
    }

    /** The ticket, if it was sealed with this key and its time is not over. */
    public Optional<Ticket> open(String sealed, Instant now) {
        int dot = sealed.indexOf('.');
        if (dot < 0 || sealed.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String payload = sealed.substring(0, dot);
        try {
            byte[] shown = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
            if (!MessageDigest.isEqual(sealOf(PURPOSE, payload), shown)) {
                return Optional.empty();
            }
            Ticket ticket = read(MAPPER.readTree(Base64.getUrlDecoder().decode(payload)));
            return ticket.isOver(now) ? Optional.empty() : Optional.of(ticket);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * What a function shows to the relay, so that no worker, who may dial it too, is taken for one.
     *
     * @param site whose workers it asks for
     * @return letters, digits, dots, hyphens and underscores
     */
    public String pass(String site, Instant until) {
        String end = String.valueOf(until.getEpochSecond());
        return end + "." + encoded(sealOf(PASS, site + "." + end));
    }

    /** Whether it was made with this key, for this site, and its time is not over. */
    public boolean isPass(String pass, String site, Instant now) {
        int dot = pass.indexOf('.');
        if (dot < 0 || pass.length() > LENGTH_MAX) {
            return false;
        }
        try {
            String end = pass.substring(0, dot);
            byte[] shown = Base64.getUrlDecoder().decode(pass.substring(dot + 1));
            return MessageDigest.isEqual(sealOf(PASS, site + "." + end), shown)
                    && now.getEpochSecond() < Long.parseLong(end);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] sealOf(String purpose, String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((purpose + payload).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] written(Ticket ticket) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("worker", ticket.worker().value());
        json.put("token", ticket.token());
        json.put("site", ticket.site());
        json.put("slots", ticket.slots());
        json.put("tokenSlots", ticket.tokenSlots());
        var callers = json.putArray("callers");
        ticket.callers().stream().map(CallerId::value).sorted().forEach(callers::add);
        json.put("expiresAt", ticket.expiresAt().toEpochMilli());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ticket read(JsonNode json) {
        Set<CallerId> callers = new LinkedHashSet<>();
        json.path("callers").forEach(caller -> callers.add(new CallerId(caller.asText())));
        return new Ticket(
                new WorkerId(json.path("worker").asText()),
                json.path("token").asText(),
                json.path("site").asText(),
                json.path("slots").asInt(),
                json.path("tokenSlots").asInt(),
                callers,
                Instant.ofEpochMilli(json.path("expiresAt").asLong()));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
