package io.wanspec.infra.command;

import io.wanspec.infra.settings.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the CDK's own command does with the templates: it alone talks to AWS, with your profile's credentials. */
abstract class CdkCommand implements Callable<Integer> {
    /** Pinned: a newer one may want newer templates. */
    static final String CDK = "aws-cdk@2.1148.1";

    @Mixin
    SettingsOption settings = new SettingsOption();

    private final List<String> verb;

    CdkCommand(String... verb) {
        this.verb = List.of(verb);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Deployment deployment = settings.readAndTell();
        try (WorkFolder out = WorkFolder.make()) {
            Synthesis.write(deployment, out.path());
            return start(command(verb, out.path())).waitFor();
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the CDK's command is run by npx, and there is none on the PATH. Install npm, which comes with Node, and"
                            + " run this again",
                    e);
        }
    }

    /** @param verb with what is its own; {@code diff} knows no {@code --all}, and compares all in any case */
    static List<String> command(List<String> verb, Path out) {
        return Stream.of(List.of("npx", "--yes", CDK), verb, List.of("--app", out.toString()))
                .flatMap(List::stream)
                .toList();
    }

    /** {@code wanspec deploy diff}. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "What would change in AWS. Needs Node, npm and credentials.")
    static final class Diff extends CdkCommand {
        Diff() {
            super("diff");
        }
    }

    /** {@code wanspec deploy up}: drafts first, one stack after the other; asks before it widens a permission. */
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Deploys all stacks. Needs Node, npm and credentials; with --local Node alone.")
    static final class Up extends CdkCommand {
        @Mixin
        private LocalOption local = new LocalOption();

        Up() {
            super("deploy", "--all", "--concurrency", "1", "--require-approval", "broadening");
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            return local.isWanted() ? local.up(settings.readAndTell()) : super.call();
        }
    }

    /** {@code wanspec deploy down}: asks first. */
    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description =
                    "Takes all stacks down; in profile prod what holds data stays (docs/deploy.md). Needs Node, npm and credentials.")
    static final class Down extends CdkCommand {
        @Mixin
        private LocalOption local = new LocalOption();

        Down() {
            super("destroy", "--all");
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            return local.isWanted() ? local.down(settings.read()) : super.call();
        }
    }
}
