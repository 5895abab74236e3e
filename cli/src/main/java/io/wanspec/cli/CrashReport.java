package io.wanspec.cli;

import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a bug's stack trace off the terminal, but not from whoever looks for it. */
final class CrashReport {
    private CrashReport() {}

    /** Writes the trace to a file; returns the sentence for the user. */
    static String write(WanspecHome home, Throwable bug) {
        StringWriter trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace, true));
        Path file = home.logs().resolve("crash.log");
        try {
            Files.createDirectories(home.logs());
            Files.writeString(file, trace.toString());
            return "this is a bug: " + bug + ". Its trace is in " + file + "; please report it.";
        } catch (IOException unwritable) {
            return "this is a bug: " + bug + "\n" + trace;
        }
    }
}
