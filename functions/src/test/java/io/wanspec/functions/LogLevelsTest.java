package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions' own configuration lets others say, however much of ours is wanted. */
final class LogLevelsTest {
    /** The signer says what it signs, the network client every byte, both with headers and prompts in them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.auth.signer",
                "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultAwsV4HttpSigner",
                "software.amazon.awssdk.http.nio.netty",
                "software.amazon.awssdk.requestId",
                "io.netty.handler.logging.LoggingHandler"
            })
    void whoCouldSaySecretsOrPromptsSaysOnlyWarnings(String logger) throws JoranException {
        assertThat(configured("TRACE").getLogger(logger).getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void ourOwnLevelIsTheOneAskedFor() throws JoranException {
        assertThat(configured("TRACE").getLogger("io.wanspec.functions").getEffectiveLevel())
                .isEqualTo(Level.TRACE);
    }

    private static LoggerContext configured(String level) throws JoranException {
        var context = new LoggerContext();
        context.putProperty("WANSPEC_LOG_LEVEL", level);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(LogLevelsTest.class.getResource("/logback.xml")));
        return context;
    }
}
