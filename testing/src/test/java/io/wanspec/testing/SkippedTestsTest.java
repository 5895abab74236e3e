package io.wanspec.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What was not tested is told. */
final class SkippedTestsTest {
    @Test
    void jUnitFindsIt() {
        assertThat(ServiceLoader.load(TestExecutionListener.class))
                .anyMatch(listener -> listener instanceof SkippedTests);
    }

    @Test
    void eachHasItsReason() {
        TestIdentifier test = TestIdentifier.from(new NamedTest());

        assertThat(SkippedTests.line(test, "Assumption failed: SKIPPED: no Docker answers"))
                .isEqualTo("SKIPPED: SomeTest: no Docker answers");
        assertThat(SkippedTests.line(test, "off")).isEqualTo("SKIPPED: SomeTest: off");
    }

    @Test
    void itIsSaidAtTheEndAndOnce() {
        var skipped = new SkippedTests();
        TestIdentifier test = TestIdentifier.from(new NamedTest());
        skipped.executionSkipped(test, "off");
        skipped.executionFinished(test, TestExecutionResult.aborted(new IllegalStateException("no Docker")));
        skipped.executionFinished(test, TestExecutionResult.successful());

        assertThat(skipped.end()).containsExactly("SKIPPED: SomeTest: off", "SKIPPED: SomeTest: no Docker");
        assertThat(skipped.end()).isEmpty();
    }

    private static final class NamedTest extends AbstractTestDescriptor {
        NamedTest() {
            super(UniqueId.forEngine("engine").append("class", "SomeTest"), "SomeTest");
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }
}
