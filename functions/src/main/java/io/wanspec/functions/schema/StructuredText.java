package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grammars of what a request may ask for. */
public final class StructuredText {
    private StructuredText() {}

    /** What an answer may be, beside calls. */
    public sealed interface Format {
        /** Any text. */
        record Any() implements Format {}

        /** Any JSON object. */
        record AnyObject() implements Format {}

        /**
         * JSON that fits a schema.
         *
         * @param path of the schema in the request
         */
        record Fitting(JsonNode schema, String path) implements Format {}
    }

    /**
     * Which tools may, or must, be called.
     *
     * @param tools those that may be; none for no calls
     * @param required whether there is to be one at least, and nothing else
     * @param callsMax how many calls there may be
     */
    public record Calls(List<Tool> tools, boolean required, int callsMax) {
        public static final Calls NONE = new Calls(List.of(), false, 0);

        public Calls {
            tools = List.copyOf(tools);
        }
    }

    /**
     * @return empty where a text may be any
     * @throws SchemaException if a schema is at fault
     */
    public static Optional<Grammar> grammar(Format format, Calls calls, String path) {
        if (format instanceof Format.Any && calls.tools().isEmpty()) {
            return Optional.empty();
        }
        Gbnf to = new Gbnf(path);
        to.set("root", root(to, format, calls));
        return Optional.of(compiled(to, path));
    }

    private static String root(Gbnf to, Format format, Calls calls) {
        CallGrammar callGrammar = new CallGrammar(to);
        if (calls.required()) {
            return callGrammar.calls(calls.tools(), calls.callsMax());
        }
        String text = text(to, format);
        if (text == null) {
            return callGrammar.textOrCalls(calls.tools(), calls.callsMax());
        }
        List<String> ways = new ArrayList<>(List.of(text));
        if (!calls.tools().isEmpty()) {
            ways.add(callGrammar.calls(calls.tools(), calls.callsMax()));
        }
        return to.choice(ways);
    }

    private static @Nullable String text(Gbnf to, Format format) {
        return switch (format) {
            case Format.Any any -> null;
            case Format.AnyObject any -> JsonRules.object(to);
            case Format.Fitting(var schema, var path) -> new SchemaGrammar(to, schema, path).expression();
        };
    }

    private static Grammar compiled(Gbnf to, String path) {
        try {
            return Grammar.of(to.text());
        } catch (IllegalArgumentException e) {
            throw SchemaException.unwritable(path, String.valueOf(e.getMessage()));
        }
    }

    /** Whether a name can be that of a tool, as in OpenAI's API. */
    public static boolean isToolName(String name) {
        return CallGrammar.isName(name);
    }
}
