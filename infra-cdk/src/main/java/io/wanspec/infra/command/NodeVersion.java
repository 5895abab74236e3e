package io.wanspec.infra.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Node that CDK runs in. Which ones its bridge to Java (jsii 1.140) supports it says itself, to whoever has another one.
 *
 * @param major of its version
 */
record NodeVersion(int major) {
    /** Until their ends of life, in April of 2027 and of 2028. */
    static final String SUPPORTED = "Node 22 or 24";

    /** Past its end of life: jsii warns, and everything here was tried with it, too. */
    static final int OLDEST = 20;

    private static final Pattern VERSION = Pattern.compile("v(\\d{1,4})\\..*", Pattern.DOTALL);
    private static final int ANSWERS_WITHIN_SECONDS = 30;

    /** Refuses what CDK cannot run in. */
    static void require() {
        judge(find());
    }

    /** @param found absent: there is none on the PATH */
    static void judge(Optional<NodeVersion> found) {
        NodeVersion node = found.orElseThrow(() -> refusal("there is no node on the PATH"));
        if (node.major() < OLDEST) {
            throw refusal("the one on the PATH is Node " + node.major());
        }
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(
                "CDK runs in Node, and " + why + ". Install " + SUPPORTED + " and run this again");
    }

    private static Optional<NodeVersion> find() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!node.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
            return parse(said);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** @param said by {@code node --version} */
    static Optional<NodeVersion> parse(String said) {
        Matcher version = VERSION.matcher(said);
        return version.matches() ? Optional.of(new NodeVersion(Integer.parseInt(version.group(1)))) : Optional.empty();
    }
}
