package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class ToldPrefixTest {
    private static final TargetFrame.Open OPEN = new TargetFrame.Open(
            ProtocolVersion.CURRENT, new SessionId("s"), SamplingOptions.greedy(), Tokens.of(1, 2, 3), 2, null, 5);

    @Test
    void aSessionIsOpenedWhereItsRoundsHaveBroughtIt() {
        ToldPrefix told = ToldPrefix.of(OPEN).after(verified(3, 4, 5)).after(verified(5, 6));

        assertThat(told.reopened().prefix()).isEqualTo(Tokens.of(1, 2, 3, 4, 5, 6));
        assertThat(told.reopened().promptTokens()).isEqualTo(2);
        assertThat(told.reopened().logprobs()).isEqualTo(5);
        assertThat(told.isBefore(verify(Tokens.of(1, 2, 3, 4, 5, 6)))).isTrue();
        assertThat(told.isBefore(verify(Tokens.of(1, 2, 3, 4, 5, 7)))).isFalse();
        assertThat(told.isBefore(verify(Tokens.of(1, 2, 3)))).isFalse();
    }

    @Test
    void anAnswerThatComesAgainIsNotTakenTwice() {
        ToldPrefix told = ToldPrefix.of(OPEN).after(verified(3, 4));
        assertThat(told.after(verified(3, 4))).isEqualTo(told);
    }

    private static TargetFrame.Verify verify(Tokens prefix) {
        return new TargetFrame.Verify(new RoundId(1), prefix.size(), Branch.of(prefix), TokenTree.none());
    }

    private static TargetFrame.Verified verified(int position, int... tokens) {
        return new TargetFrame.Verified(
                new RoundId(1),
                position,
                Branch.of(Tokens.of(position)),
                0,
                Tokens.of(tokens),
                Collections.nCopies(tokens.length, ""),
                false,
                1);
    }
}
