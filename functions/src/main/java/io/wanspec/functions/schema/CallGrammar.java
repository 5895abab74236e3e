package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Texts that call tools. */
final class CallGrammar {
    private final Gbnf to;

    CallGrammar(Gbnf to) {
        this.to = to;
    }

    /**
     * One call at least.
     *
     * @param most how many calls there may be
     */
    String calls(List<Tool> tools, int most) {
        return Gbnf.literal(CallForm.BEGIN) + " " + behindBegin(tools, most);
    }

    private String behindBegin(List<Tool> tools, int most) {
        String call = to.rule(to.choice(tools.stream().map(this::call).toList()));
        String more = Gbnf.literal(CallForm.BETWEEN + CallForm.BEGIN) + " " + call;
        return to.rule(most == 1 ? call : call + " " + Gbnf.times(more, 0, most - 1));
    }

    private String call(Tool tool) {
        JsonNode parameters = tool.parameters();
        String arguments = parameters == null ? "\"{}\"" : ArgumentsSchema.expression(to, parameters, tool.path());
        return Gbnf.literal(CallForm.NAME + tool.name() + CallForm.ARGUMENTS) + " " + arguments + " "
                + Gbnf.literal(CallForm.END);
    }

    /**
     * Any text, in which, wherever {@link CallForm#BEGIN} stands, calls follow to the end: as many states as it has characters, each with how much of it was just
     * read.
     */
    String textOrCalls(List<Tool> tools, int most) {
        String calls = behindBegin(tools, most);
        List<String> states = new ArrayList<>();
        for (int i = 0; i < CallForm.BEGIN.length(); i++) {
            states.add(to.reserve());
        }
        for (int read = 0; read < states.size(); read++) {
            String next = read + 1 < states.size() ? states.get(read + 1) : calls;
            char expected = CallForm.BEGIN.charAt(read);
            String other = expected == '<' ? "[^<\\x00] " : "[^<\\x00" + expected + "] ";
            String again = expected == '<' ? "" : "\"<\" " + states.get(1) + " | ";
            // No other character of it is its first: what was read of it in vain counts for nothing.
            to.set(states.get(read), "\"\" | \"" + expected + "\" " + next + " | " + again + other + states.getFirst());
        }
        return states.getFirst();
    }

    /** Whether a name can be that of a tool, as in OpenAI's API. */
    static boolean isName(String name) {
        return name.matches("[a-zA-Z0-9_-]{1,64}");
    }
}
