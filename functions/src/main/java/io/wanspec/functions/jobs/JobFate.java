package io.wanspec.functions.jobs;

/** How a delivery ended, as metrics tell it. */
public enum JobFate {
    /** Nothing is left to do. */
    DONE,
    /** A fresh message goes on with it: it was handed over, or waits. */
    SENT_ON,
    /** This attempt failed; the same message comes again. */
    GIVEN_BACK,
    /** It is a dead letter. */
    FAILED;

    static JobFate of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delete() -> DONE;
            case Verdict.SendAgain _ -> SENT_ON;
            case Verdict.GiveBack _ -> GIVEN_BACK;
            case Verdict.Bury _ -> FAILED;
        };
    }
}
