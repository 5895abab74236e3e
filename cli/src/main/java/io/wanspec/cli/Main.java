package io.wanspec.cli;

import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.emulator.process.Children;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.local.launch.LocalCloudStarter;
import io.wanspec.local.launch.LocalNetwork;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Entry point of the {@code wanspec} command. */
public final class Main {
    private static final String ROOT = "wanspec.root";

    private Main() {}

    /** The script {@code wanspec} says in system properties where the checkout is, and what is a terminal. */
    public static void main(String... arguments) {
        Map<String, String> environment = System.getenv();
        WanspecHome home = WanspecHome.of(environment, System.getProperty("user.home", "."));
        // Read when the first logger is made, so set before anything else happens.
        System.setProperty("wanspec.logs", home.logs().toString());
        System.setProperty("logback.configurationFile", "wanspec-logback.xml");
        Console console = Console.of(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean("wanspec.terminal.out"),
                Boolean.getBoolean("wanspec.terminal.err"),
                environment);
        // A thread that fails is a bug to be reported, not a reason to fill the terminal.
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> console.error(CrashReport.write(home, bug)));
        ModelCatalog catalog =
                ModelCatalog.standard(Path.of(System.getProperty(ROOT, ".")).toAbsolutePath());
        ModelStore models = ModelStore.open(catalog, home, environment);
        AwsEmulatorStore aws = AwsEmulatorStore.at(home.awsEmulator(), environment);
        LocalCloudStarter clouds = new LocalCloudStarter(
                home, models, LocalNetwork.starter(aws, home), JavaProgram.modelServer(), environment);
        int exitCode =
                new WanspecCli(new CliContext(console, home, models, clouds), new CountDownLatch(1)).run(arguments);
        if (Children.areStopping()) {
            // A signal is ending the process; its exit code is the signal's.
            return;
        }
        System.exit(exitCode);
    }

    /** UTF-8 whatever the locale: prompts and answers are. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
