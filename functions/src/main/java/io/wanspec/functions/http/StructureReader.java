package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.functions.schema.CallSplitter;
import io.wanspec.functions.schema.SchemaException;
import io.wanspec.functions.schema.StructuredText;
import io.wanspec.functions.schema.StructuredText.Calls;
import io.wanspec.functions.schema.StructuredText.Format;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what an answer is to be: JSON, JSON that fits a schema, calls of tools. */
final class StructureReader {
    /** Of a schema's JSON, in characters: it is repeated in answers and records. */
    private static final int SCHEMA_LENGTH_MAX = 65_536;

    private static final int NAME_LENGTH_MAX = 64;

    private StructureReader() {}

    /**
     * What was asked for.
     *
     * @param grammar of the answer; empty if it may be any text
     * @param calls which tools may be called
     * @param format as the request has it, for answers that repeat it; null for plain text
     */
    record Structure(
            Optional<Grammar> grammar,
            Calls calls,

            @Nullable ObjectNode format) {
        boolean mayCall() {
            return !calls.tools().isEmpty();
        }

        /** Where calls may begin in the answer. */
        CallSplitter.Where callsBegin() {
            return CallSplitter.Where.of(mayCall(), format != null);
        }
    }

    static Structure read(Api api, Fields fields) {
        return switch (api) {
            case CHAT -> structure(fields, "response_format", ToolsReader.read(api, fields));
            case TEXT -> new Structure(Optional.empty(), Calls.NONE, null);
            case RESPONSES -> ofText(fields);
        };
    }

    private static Structure ofText(Fields fields) {
        Calls calls = ToolsReader.read(Api.RESPONSES, fields);
        Fields text = fields.object("text").orElseGet(() -> new Fields(Json.object(), "text"));
        Structure structure = structure(text, "format", calls);
        text.string("verbosity");
        text.refuseOthers();
        return structure;
    }

    private static Structure structure(Fields holder, String name, Calls calls) {
        Optional<Fields> format = holder.object(name);
        String path = holder.path(name);
        try {
            Format wanted =
                    format.map(read -> format(read, name.equals("format"))).orElse(new Format.Any());
            String widest = wanted instanceof Format.Fitting(var _, var schema)
                    ? schema
                    : calls.tools().isEmpty() ? path : "tools";
            return new Structure(
                    StructuredText.grammar(wanted, calls, widest),
                    calls,
                    wanted instanceof Format.Any ? null : (ObjectNode) holder.node(name));
        } catch (SchemaException e) {
            throw e.isUnsupported()
                    ? ApiException.unsupported(e.path(), String.valueOf(e.getMessage()))
                    : ApiException.invalid(e.path(), String.valueOf(e.getMessage()));
        }
    }

    /** @param flat whether name and schema stand beside the type, as in responses */
    private static Format format(Fields format, boolean flat) {
        String type = format.string("type").orElseThrow(() -> ApiException.missing(format.path("type")));
        Format read = switch (type) {
            case "text" -> new Format.Any();
            case "json_object" -> new Format.AnyObject();
            case "json_schema" ->
                fitting(flat ? format : format.object(type).orElseThrow(() -> ApiException.missing(format.path(type))));
            default ->
                throw ApiException.unsupported(
                        format.path("type"), "'" + format.path("type") + "' must be text, json_object or json_schema.");
        };
        format.refuseOthers();
        return read;
    }

    private static Format fitting(Fields named) {
        String name = named.string("name").orElseThrow(() -> ApiException.missing(named.path("name")));
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            throw ApiException.invalid(
                    named.path("name"),
                    "'" + named.path("name") + "' must have 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        named.string("description");
        named.bool("strict");
        JsonNode schema = schema(named, "schema");
        if (schema == null) {
            throw ApiException.missing(named.path("schema"));
        }
        named.node("type");
        named.refuseOthers();
        return new Format.Fitting(schema, named.path("schema"));
    }

    /** A schema of bounded size, if there is one. */
    static @Nullable JsonNode schema(Fields fields, String name) {
        JsonNode schema = fields.node(name);
        if (schema == null) {
            return null;
        }
        if (!schema.isObject()) {
            throw ApiException.wrongType(fields.path(name), "an object", Json.typeOf(schema));
        }
        if (schema.toString().length() > SCHEMA_LENGTH_MAX) {
            throw ApiException.invalid(
                    fields.path(name),
                    "'" + fields.path(name) + "' must have at most " + SCHEMA_LENGTH_MAX
                            + " characters. Use a smaller schema.");
        }
        return schema;
    }
}
