package io.wanspec.functions.jobs;

import java.time.Duration;

/** Decides what becomes of a delivery. Pure. */
final class VerdictRule {
    /** The longest pause of a job that waits for somebody else. */
    static final Duration PAUSE_MAX = Duration.ofSeconds(60);

    /** With their pauses about an hour of attempts of which none brought a token. */
    static final int CUT_OFF_MAX = 60;

    private VerdictRule() {}

    /**
     * @param delivery which one of this message it was, from 1
     */
    static Verdict of(JobOutcome outcome, JobMessage message, int delivery, int deliveriesMax) {
        return switch (outcome) {
            case JobOutcome.Done() -> new Verdict.Delete();
            case JobOutcome.HandedOver() -> again(message, Duration.ZERO, "it was handed over");
            case JobOutcome.Later(String reason, Duration pause) -> again(message, longer(pause, message), reason);
            case JobOutcome.CutOff(String reason, boolean progressed) ->
                cutOff(reason, progressed ? message.progressed() : message.cutOff());
            case JobOutcome.Failed(String reason) -> ofFailure(reason, delivery, deliveriesMax);
            case JobOutcome.Impossible(String reason) -> new Verdict.Bury(reason);
        };
    }

    /**
     * Of a delivery that failed without saying why nobody could do it.
     *
     * @param delivery which one of this message it was, from 1
     */
    static Verdict ofFailure(String reason, int delivery, int deliveriesMax) {
        if (delivery >= deliveriesMax) {
            return new Verdict.Bury("failed " + delivery + " times, at last: " + reason);
        }
        return new Verdict.GiveBack(reason, doubled(delivery - 1));
    }

    private static Verdict cutOff(String reason, JobMessage message) {
        if (message.cutOffs() >= CUT_OFF_MAX) {
            return new Verdict.Bury(
                    "was cut off " + message.cutOffs() + " times without a token more, at last: " + reason);
        }
        return again(message, doubled(message.cutOffs()), reason);
    }

    private static Duration doubled(int times) {
        return min(Duration.ofSeconds(1L << Math.min(times, 6)), PAUSE_MAX);
    }

    /** Whether to try at all: a message that was delivered so often ended its workers without a word. */
    static boolean isPoison(int delivery, int deliveriesMax) {
        return delivery > deliveriesMax;
    }

    private static Verdict again(JobMessage message, Duration pause, String reason) {
        if (message.turn() >= JobMessage.TURNS_MAX) {
            return new Verdict.Bury("waited " + message.turn() + " times, at last: " + reason);
        }
        return new Verdict.SendAgain(message.next(), pause);
    }

    /** Who waits for long need not look often. */
    private static Duration longer(Duration pause, JobMessage message) {
        Duration patient = Duration.ofMillis(500L * message.turn());
        return min(pause.compareTo(patient) > 0 ? pause : patient, PAUSE_MAX);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
