package io.wanspec.cli;

import picocli.CommandLine.Command;

/** {@code wanspec study} and its subcommands. */
@Command(
        name = "study",
        description =
                "How delays differ by region and by hour, and where drafts should live: computed from public figures and stated"
                        + " assumptions, and measured at endpoints that you name (docs/study.md).",
        synopsisSubcommandLabel = "(compute | probe | report)")
final class StudyCommand {
    private StudyCommand() {}

    static StudyCommand group() {
        return new StudyCommand();
    }
}
