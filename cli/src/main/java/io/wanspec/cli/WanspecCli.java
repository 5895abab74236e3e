package io.wanspec.cli;

import io.wanspec.emulator.process.Children;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.models.ModelException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.core.exception.SdkException;

/** All commands, put together. */
final class WanspecCli {
    private static final int HELP_WIDTH = 100;

    private final CliContext context;
    private final CommandLine commandLine;

    WanspecCli(CliContext context, CountDownLatch until) {
        this.context = context;
        this.commandLine = commandLine(context, until);
    }

    /** Runs one command line; returns the exit code. */
    int run(String... arguments) {
        return commandLine.execute(arguments);
    }

    private CommandLine commandLine(CliContext context, CountDownLatch until) {
        CommandLine model = new CommandLine(ModelCommand.group())
                .addSubcommand(new ModelCommand.ListModels(context))
                .addSubcommand(new ModelCommand.Pull(context));
        CommandLine key = new CommandLine(KeyCommand.group())
                .addSubcommand(new KeyCreateCommand(context))
                .addSubcommand(new KeyCommand.ListKeys(context))
                .addSubcommand(new KeyCommand.Revoke(context))
                .addSubcommand(new KeyCommand.Usage(context));
        CommandLine worker = new CommandLine(new WorkerCommand(context, until))
                .addSubcommand(new CommandLine(WorkerTokenCommand.group())
                        .addSubcommand(new WorkerTokenCommand.Create(context))
                        .addSubcommand(new WorkerTokenCommand.ListTokens(context))
                        .addSubcommand(new WorkerTokenCommand.Revoke(context)));
        CommandLine jobs = new CommandLine(JobsCommand.group())
                .addSubcommand(new JobsCommand.ListJobs(context))
                .addSubcommand(new JobsCommand.Redrive(context));
        CommandLine bench = new CommandLine(new BenchCommand(context))
                .addSubcommand(new BenchWanCommand(context))
                .addSubcommand(new BenchLoadCommand(context))
                .addSubcommand(new BenchRoundCommand(context));
        CommandLine study = new CommandLine(StudyCommand.group())
                .addSubcommand(new StudyComputeCommand(context))
                .addSubcommand(new StudyProbeCommand(context))
                .addSubcommand(new StudyReportCommand(context));
        CommandLine root = new CommandLine(new WanspecCommand())
                .addSubcommand(new DemoCommand(context))
                .addSubcommand(new UpCommand(context, until))
                .addSubcommand(new TimelineCommand(context))
                .addSubcommand(key)
                .addSubcommand(worker)
                .addSubcommand(model)
                .addSubcommand(jobs)
                .addSubcommand(bench)
                .addSubcommand(new EvalDraftCommand(context))
                .addSubcommand(new EvalTargetCommand(context))
                .addSubcommand(new RecordCommand(context))
                .addSubcommand(new SimCommand(context))
                .addSubcommand(study)
                .addSubcommand(new PlaceCommand(context))
                .addSubcommand(new DeployCommand(context));
        addHelp(root);
        Console console = context.console();
        return root.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(colours(console))
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(26)
                .setParameterExceptionHandler(this::refuse)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    }

    private static ColorScheme colours(Console console) {
        return CommandLine.Help.defaultColorScheme(console.outStyle().ansi() ? Ansi.ON : Ansi.OFF);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage().optionListHeading("%nOptions:%n");
        spec.usageMessage().parameterListHeading("%nParameters:%n");
        command.getSubcommands().values().forEach(WanspecCli::addHelp);
    }

    /** One sentence, and where to read more. */
    private int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        context.console().error(e.getMessage() + Suggestion.of(e));
        context.console().err().println("See './" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCodes.USAGE;
    }

    private int failed(Exception e) {
        if (Children.areStoppingAfterAll()) {
            // Ctrl-C needs no explanation.
            return ExitCodes.FAILED;
        }
        return switch (e) {
            case ModelException model -> say(model.sentence(), ExitCodes.NO_MODEL);
            case LaunchException launch ->
                say(message(launch), launch.isModelMissing() ? ExitCodes.NO_MODEL : ExitCodes.FAILED);
            case SdkException table -> say("the table cannot be read or written: " + message(table), ExitCodes.FAILED);
            case InterruptedException _ -> say("interrupted", ExitCodes.FAILED);
            case RuntimeException bug -> say(CrashReport.write(context.home(), bug), ExitCodes.FAILED);
            default -> say(message(e), ExitCodes.FAILED);
        };
    }

    private int say(String sentence, int exitCode) {
        context.console().error(sentence);
        return exitCode;
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
