package io.wanspec.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code wanspec bench}. */
@Command(
        name = "bench",
        description = "Measures what a pass costs on this machine, as ratios within one run. Not in this version yet.")
final class BenchCommand implements Callable<Integer> {
    private final CliContext context;

    BenchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.console()
                .error("bench measures nothing in this version; use `./wanspec demo --json` for a request's costs.");
        return ExitCodes.FAILED;
    }
}
