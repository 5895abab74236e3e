package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of deliveries. */
final class VerdictRuleTest {
    private static final JobMessage FIRST = JobMessage.first(new SessionId("sess_1"), JobOrigin.unknown());

    @Test
    void whatIsDoneIsDeleted() {
        assertThat(of(new JobOutcome.Done(), FIRST)).isEqualTo(new Verdict.Delete());
    }

    @Test
    void whatIsHandedOverIsSentAgainAtOnce() {
        assertThat(of(new JobOutcome.HandedOver(), FIRST))
                .isEqualTo(new Verdict.SendAgain(FIRST.next(), Duration.ZERO));
    }

    @Test
    void whoWaitsForLongLooksSeldom() {
        JobMessage late = new JobMessage(FIRST.session(), 100, 0, FIRST.origin());
        var wait = new JobOutcome.Later("held", Duration.ofSeconds(2));

        assertThat(of(wait, FIRST)).isEqualTo(new Verdict.SendAgain(FIRST.next(), Duration.ofSeconds(2)));
        assertThat(of(wait, late)).isEqualTo(new Verdict.SendAgain(late.next(), Duration.ofSeconds(50)));
        assertThat(of(new JobOutcome.Later("held", Duration.ofDays(1)), FIRST))
                .isEqualTo(new Verdict.SendAgain(FIRST.next(), VerdictRule.PAUSE_MAX));
    }

    @Test
    void nobodyWaitsForEver() {
        JobMessage last = new JobMessage(FIRST.session(), JobMessage.TURNS_MAX, 0, FIRST.origin());
        Duration all = Duration.ZERO;
        for (int turn = 0; turn < JobMessage.TURNS_MAX; turn++) {
            var message = new JobMessage(FIRST.session(), turn, 0, FIRST.origin());
            all = all.plus(((Verdict.SendAgain) of(new JobOutcome.Later("", Duration.ZERO), message)).delay());
        }

        assertThat(of(new JobOutcome.Later("no model", Duration.ZERO), last))
                .isEqualTo(new Verdict.Bury("waited 1500 times, at last: no model"));
        assertThat(all).isBetween(Duration.ofHours(20), Duration.ofHours(25));
    }

    @Test
    void whatIsCutOffIsTriedAgainAndPutAwayOnlyIfItNeverGetsOn() {
        JobMessage message = FIRST;
        for (int attempt = 1; attempt < VerdictRule.CUT_OFF_MAX; attempt++) {
            message = ((Verdict.SendAgain) of(new JobOutcome.CutOff("no target", false), message)).message();
        }

        assertThat(of(new JobOutcome.CutOff("no target", true), message))
                .isEqualTo(new Verdict.SendAgain(
                        new JobMessage(FIRST.session(), VerdictRule.CUT_OFF_MAX, 0, FIRST.origin()),
                        Duration.ofSeconds(1)));
        assertThat(of(new JobOutcome.CutOff("no target", false), message))
                .isEqualTo(new Verdict.Bury("was cut off 60 times without a token more, at last: no target"));
    }

    @Test
    void whatFailsIsTriedAgainWithLongerPausesAndThenPutAway() {
        assertThat(VerdictRule.ofFailure("why", 1, 5)).isEqualTo(new Verdict.GiveBack("why", Duration.ofSeconds(1)));
        assertThat(VerdictRule.ofFailure("why", 4, 5)).isEqualTo(new Verdict.GiveBack("why", Duration.ofSeconds(8)));
        assertThat(VerdictRule.ofFailure("why", 5, 5)).isEqualTo(new Verdict.Bury("failed 5 times, at last: why"));
        assertThat(VerdictRule.isPoison(5, 5)).isFalse();
        assertThat(VerdictRule.isPoison(6, 5)).isTrue();
    }

    private static Verdict of(JobOutcome outcome, JobMessage message) {
        return VerdictRule.of(outcome, message, 1, 5);
    }
}
