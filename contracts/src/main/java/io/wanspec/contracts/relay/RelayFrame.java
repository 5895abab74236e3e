package io.wanspec.contracts.relay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;

/**
 * What a worker on site and the relay say to each other. A worker holds one stream for control, and as many others as it takes sessions.
 * Each begins with {@link Hello}, answered by {@link Welcome}, or by {@link Denied}, after which it ends. Over the first go {@link Beat}s
 * and new tickets; on each of the others comes, some time, a function's {@code open}. From then on it is that session's draft link, of
 * {@link io.wanspec.contracts.frame.DraftFrame}s, until it ends; it is never used again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RelayFrame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = RelayFrame.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = RelayFrame.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = RelayFrame.Renew.class, name = "renew"),
    @JsonSubTypes.Type(value = RelayFrame.Denied.class, name = "denied")
})
public sealed interface RelayFrame {
    /** What a worker's stream is for. */
    enum Purpose {
        @JsonProperty("control")
        CONTROL,
        @JsonProperty("session")
        SESSION
    }

    /**
     * A worker's first word.
     *
     * @param ticket sealed
     * @param model that drafts, as the worker says
     * @param protocol newest version that it speaks
     */
    record Hello(Purpose purpose, String ticket, ModelIdentity model, ProtocolVersion protocol) implements RelayFrame {
        public Hello {
            checkTicket(ticket);
        }
    }

    /** The relay takes the stream. */
    record Welcome() implements RelayFrame {}

    /** The relay asks whether the worker is there, which sends the same back at once. */
    record Beat(long number) implements RelayFrame {}

    /** A worker's next ticket. */
    record Renew(String ticket) implements RelayFrame {
        public Renew {
            checkTicket(ticket);
        }
    }

    /**
     * The relay does not take the stream, or ends it.
     *
     * @param reason a sentence for the worker's operator
     */
    record Denied(String reason) implements RelayFrame {
        public Denied {
            reason = reason.length() <= Limits.REASON_LENGTH_MAX
                    ? reason
                    : reason.substring(0, Limits.REASON_LENGTH_MAX);
        }
    }

    private static void checkTicket(String ticket) {
        if (ticket.length() > TicketSeal.LENGTH_MAX) {
            throw new IllegalArgumentException("a ticket has at most " + TicketSeal.LENGTH_MAX + " characters");
        }
    }
}
