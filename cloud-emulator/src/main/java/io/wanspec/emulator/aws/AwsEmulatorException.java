package io.wanspec.emulator.aws;

/** The AWS emulator cannot be had. The message is one or two sentences for the user: what failed, and the remedy. */
public final class AwsEmulatorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a program cares. */
    public enum Kind {
        NO_PYTHON,
        NO_PIP,
        DISK_FULL,
        UNWRITABLE,
        NOT_OFFERED,
        NETWORK,
        INSTALL_FAILED,
        PORT_TAKEN,
        START_FAILED;

        /** Whether the same installation may succeed a moment later. */
        boolean worthRetrying() {
            return this == NETWORK || this == INSTALL_FAILED;
        }
    }

    private final Kind kind;

    AwsEmulatorException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, never null. */
    public String sentence() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
