package io.wanspec.infra.settings;

/** A mistake in the settings file. The message is for the person who wrote it: where, which field, what is wrong, what helps. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String field;

    SettingsException(String file, int line, String field, String problem) {
        super(file + ", line " + line + ": " + (field.isEmpty() ? "" : field + " ") + problem);
        this.line = line;
        this.field = field;
    }

    /** There is nothing that has lines. */
    SettingsException(String problem) {
        super(problem);
        this.line = 0;
        this.field = "";
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Its path, such as {@code drafts[0].region}. */
    public String field() {
        return field;
    }
}
