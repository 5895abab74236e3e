package io.wanspec.cli;

/** What the command's exit codes mean. */
final class ExitCodes {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_IDENTICAL = 3;
    static final int NO_MODEL = 4;

    private ExitCodes() {}
}
