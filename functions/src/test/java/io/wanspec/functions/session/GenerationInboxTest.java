package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.session.GenerationInbox.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text has no gap, however much its endpoint sends. */
final class GenerationInboxTest {
    private static final int MAX_TOKENS = 10;
    private static final int ROOM = MAX_TOKENS + GenerationInbox.EMPTY_LINES_MAX;

    private final GenerationInbox inbox = new GenerationInbox(MAX_TOKENS);

    @Test
    void behindALineForWhichThereIsNoRoomNothingIsHeard() throws Exception {
        for (int i = 0; i < ROOM + 3; i++) {
            inbox.generated(line(i));
        }
        assertThat(inbox.next(0)).isEqualTo(new Signal.Line(line(0)));
        inbox.generated(line(99));
        inbox.ended();

        for (int i = 1; i < ROOM; i++) {
            assertThat(inbox.next(0)).isEqualTo(new Signal.Line(line(i)));
        }
        assertThat(inbox.next(0))
                .isInstanceOfSatisfying(
                        Signal.Failed.class,
                        failed -> assertThat(failed.failure().reason()).contains("more lines"));
    }

    @Test
    void theEndHasItsPlaceBehindAsManyLinesAsThereMayBe() throws Exception {
        for (int i = 0; i < ROOM; i++) {
            inbox.generated(line(i));
        }
        inbox.failed(new LinkFailure("broken", false));
        for (int i = 0; i < ROOM; i++) {
            assertThat(inbox.next(0)).isEqualTo(new Signal.Line(line(i)));
        }
        assertThat(inbox.next(0)).isEqualTo(new Signal.Failed(new LinkFailure("broken", false)));
    }

    @Test
    void aClientThatHasGoneIsHeardOfHoweverFullItIs() throws Exception {
        for (int i = 0; i < ROOM + 1; i++) {
            inbox.generated(line(i));
        }
        inbox.leave();

        assertThat(inbox.next(0)).isEqualTo(new Signal.Gone());
    }

    @Test
    void nothingIsNothing() throws Exception {
        assertThat(inbox.next(0)).isNull();
        assertThat(inbox.next(-1)).isNull();
    }

    private static Reply.Generated line(int token) {
        return new Reply.Generated(Tokens.of(token), List.of("t" + token), false, 1);
    }
}
