package io.wanspec.infra.command;

import io.wanspec.infra.plan.PlanReport;
import io.wanspec.simulator.region.PriceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wanspec deploy plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Says where what would be made, what it costs a month, idle and with traffic, and what it saves. Asks nobody.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PlanReport.of(settings.read(), PriceTable.ofRepository()).forEach(out::println);
        return 0;
    }
}
