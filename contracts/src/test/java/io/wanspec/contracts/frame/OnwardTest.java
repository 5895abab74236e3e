package io.wanspec.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds that go on by themselves: fields that a peer of before does not write, and leaves unread. */
class OnwardTest {
    private static final Tokens PREFIX = Tokens.of(1, 2, 3);
    private static final RoundId ROUND = new RoundId(4);

    @Test
    void whatNobodyAskedForIsNotWritten() {
        assertThat(text(asked(0))).doesNotContain("onward");
        assertThat(text(answer(3, false))).doesNotContain("goesOn").doesNotContain("draftRows");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(FrameCodec.decodeTarget(FrameCodec.encode(asked(15)))).isEqualTo(asked(15));
        assertThat(FrameCodec.decodeTarget(FrameCodec.encode(answer(3, true)))).isEqualTo(answer(3, true));
    }

    @Test
    void whatIsAbsentIsNothing() {
        assertThat(FrameCodec.decodeTarget(FrameCodec.encode(asked(0)))).isEqualTo(asked(0));
        assertThat(FrameCodec.decodeTarget(FrameCodec.encode(answer(3, false)))).isEqualTo(answer(3, false));
    }

    @Test
    void theRestOfARoundIsBehindItsAnswer() {
        TargetFrame.Verify rest = asked(2).behind(answer(3, true));
        assertThat(rest)
                .isEqualTo(new TargetFrame.Verify(ROUND, 4, Branch.of(PREFIX).then(9), TokenTree.none(), 1));
        assertThat(rest.behind(answer(4, true)).onward()).isZero();
        assertThat(rest.once().onward()).isZero();
    }

    @Test
    void theTargetIsNotSentAwayForEver() {
        assertThat(asked(Limits.ONWARD_TOKENS_MAX).onward()).isEqualTo(Limits.ONWARD_TOKENS_MAX);
        assertThatThrownBy(() -> asked(Limits.ONWARD_TOKENS_MAX + 1)).hasMessageContaining("onward");
        assertThatThrownBy(() -> asked(-1)).hasMessageContaining("onward");
        assertThatThrownBy(() -> new PassLoad(5, 2, 0, 0, 4)).hasMessageContaining("draftRows");
    }

    private static TargetFrame.Verify asked(int onward) {
        return new TargetFrame.Verify(ROUND, 3, Branch.of(PREFIX), TokenTree.none(), onward);
    }

    private static TargetFrame.Verified answer(int position, boolean goesOn) {
        PassLoad load = goesOn ? new PassLoad(5, 2, 7, 8, 3) : new PassLoad(5, 2, 7, 8);
        return new TargetFrame.Verified(
                ROUND, position, Branch.of(PREFIX), 0, Tokens.of(9), List.of("a"), false, 5, load, null, goesOn);
    }

    private static String text(TargetFrame frame) {
        return new String(FrameCodec.encode(frame), StandardCharsets.UTF_8);
    }
}
