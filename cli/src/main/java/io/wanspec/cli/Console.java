package io.wanspec.cli;

import io.wanspec.evaluation.table.TextTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, progress and errors to {@code err}, so that a pipe gets the former alone.
 *
 * @param outStyle for {@code out}
 * @param errStyle for {@code err}
 * @param outIsTerminal whether lines on {@code out} can be rewritten
 * @param errIsTerminal the same of {@code err}
 */
record Console(
        PrintStream out,
        PrintStream err,
        Style outStyle,
        Style errStyle,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    /** @param environment is asked for {@code NO_COLOR} and {@code TERM} */
    static Console of(
            PrintStream out,
            PrintStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        boolean colours = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(
                out,
                err,
                new Style(colours && outIsTerminal),
                new Style(colours && errIsTerminal),
                outIsTerminal && !dumb,
                errIsTerminal && !dumb);
    }

    /** A line of the result. */
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** A table, its titles in bold. */
    void print(TextTable table) {
        List<String> lines = table.lines();
        print(outStyle.bold(lines.getFirst()));
        lines.stream().skip(1).forEach(this::print);
    }

    /** A message for the user, not part of the result. */
    void error(String sentence) {
        err.println(errStyle.red("wanspec: ") + sentence);
        err.flush();
    }
}
