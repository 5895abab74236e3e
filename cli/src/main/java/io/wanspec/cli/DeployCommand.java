package io.wanspec.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code wanspec deploy}, which is a program of its own ({@code infra-cdk}): the script starts that one, so this class is for the
 * list of commands.
 */
@Command(
        name = "deploy",
        description =
                "Plans and makes a deployment in AWS accounts: plan, synth, diff, up, down, smoke (./wanspec deploy --help).")
final class DeployCommand implements Callable<Integer> {
    private final CliContext context;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    DeployCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.console().error("deploy is a program of its own: run it as ./wanspec deploy " + String.join(" ", rest));
        return ExitCodes.USAGE;
    }
}
