package io.wanspec.functions.schema;

/** A schema that is none, or says what no grammar is made of. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final boolean unsupported;

    private SchemaException(String path, boolean unsupported, String sentence) {
        super(sentence);
        this.path = path;
        this.unsupported = unsupported;
    }

    static SchemaException invalid(String path, String what) {
        return new SchemaException(path, false, "'" + path + "' " + what);
    }

    static SchemaException unsupported(String path, String remedy) {
        return new SchemaException(path, true, "'" + path + "' is not supported. " + remedy);
    }

    static SchemaException tooLarge(String path) {
        return invalid(
                path,
                "is too large for a grammar of its texts. Use fewer properties, values or alternatives, or smaller"
                        + " 'maxLength' and 'maxItems'.");
    }

    /** @param why in the words of grammars */
    static SchemaException unwritable(String path, String why) {
        return why.contains("at most")
                ? tooLarge(path)
                : invalid(
                        path,
                        "describes no text that can be written: a part of it needs itself without end (" + why + ").");
    }

    /** Which field of the request is at fault. */
    public String path() {
        return path;
    }

    /** Whether it is right, and only not served here. */
    public boolean isUnsupported() {
        return unsupported;
    }
}
