package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.schema.CallForm;
import io.wanspec.functions.schema.StructuredText;
import io.wanspec.functions.schema.StructuredText.Calls;
import io.wanspec.functions.schema.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. In responses a function's fields stand beside its type. */
final class ToolsReader {
    private static final String TOOLS = "tools";
    private static final String CHOICE = "tool_choice";
    private static final String FUNCTION = "function";
    private static final String NONE = "none";
    private static final int TOOLS_MAX = 128;

    private final boolean flat;

    private ToolsReader(boolean flat) {
        this.flat = flat;
    }

    /** Which tools may be called; with the choice of none they are not looked at. */
    static Calls read(Api api, Fields fields) {
        return new ToolsReader(api == Api.RESPONSES).calls(fields);
    }

    private Calls calls(Fields fields) {
        JsonNode choice = fields.node(CHOICE);
        JsonNode node = fields.node(TOOLS);
        int most = callsMax(fields);
        if (node != null && !node.isArray()) {
            throw ApiException.wrongType(TOOLS, "an array of tools", Json.typeOf(node));
        }
        if (choice != null && choice.isTextual() && choice.textValue().equals(NONE)) {
            return Calls.NONE;
        }
        List<Tool> tools = node == null ? List.of() : tools(node);
        return chosen(choice, tools, most);
    }

    private static int callsMax(Fields fields) {
        boolean one = fields.node("parallel_tool_calls") != null && !fields.bool("parallel_tool_calls");
        return one ? 1 : CallForm.CALLS_MAX;
    }

    private Calls chosen(@Nullable JsonNode choice, List<Tool> tools, int most) {
        if (choice != null && choice.isObject()) {
            return named(new Fields((ObjectNode) choice, CHOICE), tools);
        }
        String word = choice == null ? "auto" : choice.asText();
        return switch (word) {
            case "auto" -> tools.isEmpty() ? Calls.NONE : new Calls(tools, false, most);
            case "required" -> {
                if (tools.isEmpty()) {
                    throw ApiException.invalid(
                            CHOICE, "'tool_choice' is \"required\", but there are no 'tools'. Add one.");
                }
                yield new Calls(tools, true, most);
            }
            default ->
                throw ApiException.invalid(
                        CHOICE,
                        "Invalid value for 'tool_choice': must be \"none\", \"auto\", \"required\", or an object that names a function.");
        };
    }

    /** One function, called once. */
    private Calls named(Fields choice, List<Tool> tools) {
        String type = choice.string("type").orElseThrow(() -> ApiException.missing(choice.path("type")));
        if (!type.equals(FUNCTION)) {
            throw ApiException.unsupported(choice.path("type"), "Only a choice of type 'function' is served.");
        }
        Fields function = function(choice);
        String name = function.string("name").orElseThrow(() -> ApiException.missing(function.path("name")));
        function.refuseOthers();
        choice.refuseOthers();
        Optional<Tool> found =
                tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            throw ApiException.invalid(
                    function.path("name"),
                    "'" + function.path("name") + "' names '" + ApiException.shown(name)
                            + "', which 'tools' lacks. Add it there.");
        }
        return new Calls(List.of(found.get()), true, 1);
    }

    private List<Tool> tools(JsonNode node) {
        if (node.size() > TOOLS_MAX) {
            throw ApiException.invalid(
                    TOOLS, "'tools' takes at most " + TOOLS_MAX + " tools, got " + node.size() + ".");
        }
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            Tool tool = tool(node.path(i), TOOLS + "[" + i + "]");
            if (!names.add(tool.name())) {
                throw ApiException.invalid(
                        TOOLS, "'tools' has the function '" + tool.name() + "' twice. Send it once.");
            }
            tools.add(tool);
        }
        return tools;
    }

    private Tool tool(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.wrongType(path, "an object", Json.typeOf(node));
        }
        Fields tool = new Fields(object, path);
        String type = tool.string("type").orElseThrow(() -> ApiException.missing(tool.path("type")));
        if (!type.equals(FUNCTION)) {
            throw ApiException.unsupported(tool.path("type"), "Only tools of type 'function' are served.");
        }
        Tool read = described(function(tool));
        tool.refuseOthers();
        return read;
    }

    private Fields function(Fields holder) {
        return flat ? holder : holder.object(FUNCTION).orElseThrow(() -> ApiException.missing(holder.path(FUNCTION)));
    }

    private static Tool described(Fields function) {
        String path = function.path("name");
        String name = function.string("name").orElseThrow(() -> ApiException.missing(path));
        if (!StructuredText.isToolName(name)) {
            throw ApiException.invalid(
                    path, "'" + path + "' must have 1 to 64 letters, digits, underscores and dashes.");
        }
        Optional<String> description = function.string("description");
        function.bool("strict");
        JsonNode parameters = StructureReader.schema(function, "parameters");
        function.refuseOthers();
        ObjectNode said = Json.object().put("name", name);
        description.ifPresent(
                words -> said.put("description", PromptReader.whole(function.path("description"), words)));
        said.set("parameters", parameters == null ? Json.object() : parameters);
        return new Tool(name, parameters, function.path("parameters"), said);
    }
}
