package io.wanspec.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * Where the models of a local cloud answer, for functions that are not its own.
 *
 * @param busy SageMaker of the busy region
 * @param draft SageMaker of the draft region, across the WAN
 * @param targetName the target's endpoint
 * @param draftName the drafts' endpoints, in both regions
 */
public record LocalModels(URI busy, URI draft, String targetName, String draftName) {
    static LocalModels of(JsonNode note) {
        return new LocalModels(
                URI.create(note.path("busy").asText()),
                URI.create(note.path("draft").asText()),
                note.path("targetName").asText(),
                note.path("draftName").asText());
    }
}
