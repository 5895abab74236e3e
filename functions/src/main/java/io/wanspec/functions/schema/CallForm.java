package io.wanspec.functions.schema;

/**
 * How calls of tools are written, as Hermes, Qwen and SmolLM3 do: {@code <tool_call>}, a line with name and arguments, {@code </tool_call>}; several, each
 * behind a line's end. Whatever begins with {@link #BEGIN} is a call, and the grammar lets nothing else begin so.
 */
public final class CallForm {
    public static final String BEGIN = "<tool_call>";

    /** What stands between {@link #BEGIN} and the name. */
    public static final String NAME = "\n{\"name\": \"";

    /** What stands between name and arguments. */
    public static final String ARGUMENTS = "\", \"arguments\": ";

    /** What follows the arguments. */
    public static final String END = "}\n</tool_call>";

    /** What stands between two calls. */
    public static final String BETWEEN = "\n";

    /** Most calls of an answer. */
    public static final int CALLS_MAX = 8;

    private CallForm() {}
}
