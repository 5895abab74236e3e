package io.wanspec.contracts.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.ledger.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a session's timeline; docs/timeline.md says what each field means. What is not known is null, and left out of the JSON.
 * Times are milliseconds since the request came.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TimelineEvent.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = TimelineEvent.Link.class, name = "link"),
    @JsonSubTypes.Type(value = TimelineEvent.Ask.class, name = "ask"),
    @JsonSubTypes.Type(value = TimelineEvent.Stall.class, name = "stall"),
    @JsonSubTypes.Type(value = TimelineEvent.Pass.class, name = "pass"),
    @JsonSubTypes.Type(value = TimelineEvent.Frame.class, name = "frame"),
    @JsonSubTypes.Type(value = TimelineEvent.Note.class, name = "note"),
    @JsonSubTypes.Type(value = TimelineEvent.End.class, name = "end")
})
public sealed interface TimelineEvent {
    /** The version of the log's format. */
    int VERSION = 1;

    /** When it happened. */
    double t();

    /**
     * A worker that may draft.
     *
     * @param place {@code remote} or {@code busy}
     */
    record Drafter(
            String id,
            @Nullable String region,
            TokenSource place,
            @Nullable Double roundTripMs,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean standsBy) {}

    /** The first. */
    record Begin(
            double t,
            int version,
            String session,
            String model,
            String mode,
            String goal,
            @Nullable String region,
            @Nullable Double created,
            int promptTokens,
            int maxTokens,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int resumedTokens,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int predictedTokens,
            List<Drafter> workers,
            boolean text)
            implements TimelineEvent {
        public Begin {
            workers = workers == null ? List.of() : List.copyOf(workers);
        }

        /** Whether {@code worker} is across the network. */
        public boolean isRemote(String worker) {
            return workers.stream().anyMatch(w -> w.id().equals(worker) && w.place() == TokenSource.REMOTE);
        }

        /** How long a frame takes to this worker and back, in milliseconds; null if that is not known. */
        public @Nullable Double roundTripMs(String worker) {
            return workers.stream()
                    .filter(w -> w.id().equals(worker))
                    .findFirst()
                    .map(Drafter::roundTripMs)
                    .orElse(null);
        }
    }

    /** @param link {@code target}, or a worker's id */
    record Link(
            double t,
            String link,
            String state,
            @Nullable String reason,
            @Nullable Integer tokens,
            @Nullable Integer cachedTokens)
            implements TimelineEvent {
        public static final String TARGET = "target";
    }

    /** The target is asked. */
    record Ask(
            double t,
            long round,
            int position,
            int drafts,
            int depth,
            int remote,
            int busy,
            int lookup,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int onward,
            double stalledMs)
            implements TimelineEvent {}

    /** The target was idle since {@code from}. */
    record Stall(double t, double from) implements TimelineEvent {}

    /** The target has answered. */
    record Pass(
            double t,
            int pass,
            @Nullable Long round,
            double asked,
            @Nullable Double passMs,
            @Nullable Double queuedMs,
            @Nullable Integer rows,
            @Nullable Integer sessions,
            int position,
            int drafts,
            int accepted,
            List<TimelineToken> tokens)
            implements TimelineEvent {
        public Pass {
            tokens = List.copyOf(tokens);
        }
    }

    /** A frame to or from a worker. */
    record Frame(
            double t,
            String worker,
            TokenSource place,
            FrameDirection direction,
            String kind,
            boolean wan,
            @Nullable Integer bytes,
            @Nullable Double sent,
            @Nullable Integer committed,
            @Nullable Integer upTo,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable Integer prefixes,
            @Nullable Integer candidates,
            @Nullable Integer passes,
            @Nullable Double passMs)
            implements TimelineEvent {}

    /** Something an operator may want to know. */
    record Note(double t, String code, String detail) implements TimelineEvent {}

    /** How many tokens each source gave. */
    record Sources(int remote, int busy, int lookup, int target) {}

    /** The last. */
    record End(
            double t,
            @Nullable String finishReason,
            @Nullable String failure,
            Sources sources,
            @Nullable JsonNode ledger,
            long dropped)
            implements TimelineEvent {
        /** @param ledger whose text and token ids are left out */
        public static End of(
                double t,
                @Nullable String finishReason,
                @Nullable String failure,
                Sources sources,
                Ledger ledger,
                long dropped) {
            return new End(t, finishReason, failure, sources, TimelineCodec.withoutText(ledger), dropped);
        }
    }
}
