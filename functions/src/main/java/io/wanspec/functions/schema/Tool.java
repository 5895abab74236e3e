package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model may call.
 *
 * @param parameters the schema of its arguments; null for none
 * @param path of the schema in the request
 * @param said as the request describes it, for the model to read
 */
public record Tool(String name, @Nullable JsonNode parameters, String path, ObjectNode said) {}
