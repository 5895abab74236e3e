package io.wanspec.cli;

import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
        name = "wanspec",
        description = "Speculative decoding across regions: the target in the busy one, the drafts elsewhere.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Success; for demo: the texts are identical.",
            "1:Something failed; the message says what.",
            "2:The command line is wrong.",
            "3:demo: the texts differ.",
            "4:A model could not be fetched or found.",
            "130:Stopped by Ctrl-C.",
            "143:Stopped by SIGTERM."
        },
        footer = {
            "",
            "Environment: WANSPEC_HOME is the folder of models and logs (default: ~/.wanspec); JAVA_HOME is tried first as the"
                    + " JDK (25 or newer); NO_COLOR turns colours off."
        })
final class WanspecCommand {}
