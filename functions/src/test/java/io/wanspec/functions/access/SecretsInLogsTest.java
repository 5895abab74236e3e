package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.wanspec.functions.settings.PromptRegions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Everything that is logged while keys are used rightly and wrongly, ours down to the finest level, is searched. */
final class SecretsInLogsTest {
    private static final String WORD = "Zanzibarquartz";
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \""
            + WORD + "\"}], \"max_tokens\": 20, \"seed\": 3}";
    private static final String TEXT =
            "{\"model\": \"toy-target\", \"prompt\": \"" + WORD + "\", \"max_tokens\": 9, \"stream\": true}";

    @Test
    void neitherSecretNorPromptIsLogged() throws Exception {
        List<KeySecret> keys = new ArrayList<>();
        List<ILoggingEvent> heard = listen(() -> {
            try (KeyedStage keyed = new KeyedStage()) {
                keys.addAll(exercise(keyed));
            }
        });
        assertThat(heard).as("the log is heard at all").isNotEmpty();
        for (ILoggingEvent event : heard) {
            String all = text(event);
            assertThat(all).doesNotContain(WORD);
            keys.forEach(key -> assertThat(all)
                    .doesNotContain(key.reveal().substring(17, 40))
                    .doesNotContain(key.hash()));
        }
    }

    private static List<KeySecret> exercise(KeyedStage keyed) throws IOException, InterruptedException {
        KeySecret good = keyed.key("team");
        KeySecret small = keyed.key("small", Scope.usual(), Keys.limits(1, 10, 0, 1), PromptRegions.any());
        KeySecret unknown = KeySecret.draw(Keys.RANDOM);
        for (KeySecret key : List.of(good, small, unknown)) {
            keyed.post(key, "/v1/chat/completions", CHAT);
            keyed.post(key, "/v1/completions", TEXT);
            keyed.post(key, "/v1/responses", "{\"model\": \"toy-target\", \"input\": \"" + WORD + "\"}");
            keyed.post(key, "/v1/chat/completions", CHAT.replace("}", ""));
            keyed.get(key, "/v1/wanspec/sessions/" + key.id());
        }
        keyed.stage.kill("remote");
        keyed.post(good, "/v1/chat/completions", CHAT);
        keyed.stage.kill("target");
        keyed.post(good, "/v1/chat/completions", CHAT);
        return List.of(good, small, unknown);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static List<ILoggingEvent> listen(Work work) throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = context.getLogger("io.wanspec");
        Level before = ours.getLevel();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        ours.setLevel(Level.TRACE);
        try {
            work.run();
        } finally {
            ours.setLevel(before);
            root.detachAppender(appender);
        }
        return List.copyOf(appender.list);
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap() + thrown;
    }
}
