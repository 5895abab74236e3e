package io.wanspec.controller.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.PassLoad;
import org.junit.jupiter.api.Test;

/** What a token would take if nobody speculated: a pass of 40 ms with 0.2 ms a row. */
class PlainPassTest {
    private static final double MILLIS = 1e6;
    private static final int ROWS_MAX = 128;

    private final PlainPass plain = new PlainPass();

    @Test
    void draftsAreTakenOff() {
        add(8, 32, 1);
        assertThat(millis()).isCloseTo(40 + 0.2 * 8, within(1e-9));
    }

    /** Half of the sessions wait for drafts whenever the other half is in a pass: decoding plainly, all are in each. */
    @Test
    void whoWaitsForDraftsWouldBeInThePass() {
        add(32, 40, 2);
        assertThat(millis()).isCloseTo(40 + 0.2 * 64, within(1e-9));
    }

    @Test
    void whoIsAloneIsAloneHoweverLongItWaits() {
        add(1, 4, 3);
        assertThat(millis()).isCloseTo(40 + 0.2, within(1e-9));
    }

    /** A full pass tells a row's price. Taken for its time, the drafts of the others would seem to be all of the pass. */
    @Test
    void inAFullPassARowTakesWhatItTookInOthers() {
        add(8, 32, 1);
        for (int i = 0; i < 100; i++) {
            addFull(32, 96);
        }
        assertThat(millis()).isCloseTo(40 + 0.2 * 32, within(0.1));
    }

    private double millis() {
        return plain.nanos(0) / MILLIS;
    }

    private void add(int sessions, int drafts, double roundInPasses) {
        long pass = passNanos(sessions + drafts);
        plain.add(pass, Math.round(pass * roundInPasses), new PassLoad(sessions + drafts, sessions, 0, 200, drafts));
    }

    private void addFull(int sessions, int drafts) {
        long pass = passNanos(ROWS_MAX);
        plain.add(pass, pass, new PassLoad(ROWS_MAX, sessions, 0, pass / ROWS_MAX / 1_000, drafts));
    }

    private static long passNanos(int rows) {
        return Math.round((40 + 0.2 * rows) * MILLIS);
    }
}
