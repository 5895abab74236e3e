package io.wanspec.controller.interactions;

/** A script that cannot be read, or that does what no host would. Names the file and the line. */
final class BadScript extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadScript(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
