package io.wanspec.testing;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a run what was not tested here, and why: a test that needs what this machine lacks must not be missed by looking
 * away. JUnit finds it by {@code META-INF/services}.
 */
public final class SkippedTests implements TestExecutionListener {
    private static final String MARK = "SKIPPED: ";

    private final List<String> skipped = new ArrayList<>();

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skipped.add(line(test, reason));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            skipped.add(
                    line(test, result.getThrowable().map(Throwable::getMessage).orElse("it does not say why")));
        }
    }

    @Override
    @SuppressWarnings("SystemOut")
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        end().forEach(System.out::println);
    }

    /** What was skipped so far; it is told once. */
    synchronized List<String> end() {
        List<String> lines = List.copyOf(skipped);
        skipped.clear();
        return lines;
    }

    /** Tests that abort themselves say so, in many words or few. */
    static String line(TestIdentifier test, String reason) {
        String plain = reason.replaceFirst("^Assumption failed: ", "").replaceFirst("^" + MARK, "");
        return MARK + test.getLegacyReportingName() + ": " + plain;
    }
}
