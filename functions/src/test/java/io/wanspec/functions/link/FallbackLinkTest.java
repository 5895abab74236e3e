package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.LinkLoss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session hears of one link, however many ways were tried. */
final class FallbackLinkTest {
    private static final LinkFailure MISSING = new LinkFailure("not offered", LinkLoss.FINAL, true);
    private static final LinkFailure BROKEN = new LinkFailure("broken", LinkLoss.BROKEN);

    private final List<String> heard = new ArrayList<>();
    private final List<FakeLink> made = new ArrayList<>();
    private final List<String> remembered = new ArrayList<>();
    private final FallbackLink<String> link = new FallbackLink<>(
                    new LinkListener<String>() {
                        @Override
                        public void received(String frame) {
                            heard.add(frame);
                        }

                        @Override
                        public void failed(LinkFailure failure) {
                            heard.add("failed: " + failure.reason());
                        }
                    },
                    this::make,
                    () -> remembered.add("yes"))
            .open(this::make);

    private static final class FakeLink implements Link<String> {
        private final LinkListener<String> listener;
        private final List<String> sent = new ArrayList<>();
        private boolean closed;

        FakeLink(LinkListener<String> listener) {
            this.listener = listener;
        }

        @Override
        public void send(String frame) {
            sent.add(frame);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private FakeLink make(LinkListener<String> listener) {
        made.add(new FakeLink(listener));
        return made.getLast();
    }

    @Test
    void whereStreamsAreMissingWhatWasSentGoesOutInCalls() {
        link.send("open");
        link.send("advance");
        made.get(0).listener.failed(MISSING);
        link.send("more");

        assertThat(made.get(1).sent).containsExactly("open", "advance", "more");
        assertThat(heard).isEmpty();
        assertThat(remembered).isEmpty();
        made.get(1).listener.received("ready");
        made.get(1).listener.received("drafted");
        assertThat(heard).containsExactly("ready", "drafted");
        assertThat(remembered).hasSize(1);
        made.get(1).listener.failed(BROKEN);
        assertThat(heard).last().isEqualTo("failed: broken");
        link.close();
        assertThat(made.get(1).closed).isTrue();
    }

    @Test
    void aStreamThatWasAnsweredOrFailsOtherwiseIsNotReplaced() {
        link.send("open");
        made.get(0).listener.received("ready");
        made.get(0).listener.failed(MISSING);
        assertThat(made).hasSize(1);
        assertThat(heard).containsExactly("ready", "failed: not offered");
    }

    @Test
    void whoKnowsNeitherIsToldOfByTheFirst() {
        link.send("open");
        made.get(0).listener.failed(MISSING);
        made.get(1).listener.failed(new LinkFailure("refused", LinkLoss.FINAL));
        assertThat(heard).containsExactly("failed: not offered");
        assertThat(remembered).isEmpty();
    }
}
