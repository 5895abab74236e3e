package io.wanspec.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wanspec.endpoints.model.EngineSettings.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a server runs with that is told little. */
class EndpointOptionsTest {
    @Command
    private static final class Program {
        @Mixin
        private final EndpointOptions options = new EndpointOptions();
    }

    @BeforeEach
    void nothingComesFromTheEnvironment() {
        assumeThat(System.getenv("WANSPEC_PRECISION")).isNull();
    }

    @Test
    void aTargetIsFaithfulAndADraftIsCheap() {
        assertThat(precision("--role", "target")).isEqualTo(Precision.ROTATED);
        assertThat(precision("--role", "draft")).isEqualTo(Precision.INT8);
    }

    @Test
    void everyPrecisionCanBeChosenForEitherRole() {
        for (Precision chosen : Precision.values()) {
            assertThat(precision("--role", "target", "--precision", chosen.word()))
                    .isEqualTo(chosen);
            assertThat(precision("--role", "draft", "--precision", chosen.word()))
                    .isEqualTo(chosen);
        }
    }

    @Test
    void theHelpHasThemAll() {
        assertThat(new CommandLine(new Program()).getUsageMessage().replaceAll("\\s+", " "))
                .contains("int8, rotated, fp16, fp32 (WANSPEC_PRECISION; rotated of a target, int8 of a draft)");
    }

    private static Precision precision(String... arguments) {
        Program program = new Program();
        new CommandLine(program).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return program.options.engine().precision();
    }
}
