package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two workers get the same frames, one of them late and repeated ones as well, between its passes: when they rest, both have
 * told the same. Not pass by pass, because the order of equally likely nodes is free.
 */
class LateFramesTest {
    private static final DraftText TEXT = new DraftText(12);
    private static final int ROUNDS = 25;

    @SeededTest(tries = 400)
    void lateAndRepeatedAdvancesChangeNothing(Random random) {
        RandomFrames frames = new RandomFrames(TEXT, random);
        Host plain = new Host(TEXT, frames.committed(), frames.plan(), 0);
        Host pestered = new Host(TEXT, frames.committed(), frames.plan(), 0);
        List<DraftFrame.Advance> late = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            plain.runUntilRest();
            runUntilRest(pestered, late, random);
            assertThat(told(pestered)).isEqualTo(told(plain));
            DraftFrame.Advance frame = frames.advance();
            assertThat(plain.worker.advance(frame)).isNull();
            assertThat(pestered.worker.advance(frame)).isNull();
            late.clear();
            late.add(frame);
            late.addAll(frames.stale());
        }
    }

    private static void runUntilRest(Host host, List<DraftFrame.Advance> late, Random random) {
        boolean more = true;
        while (more) {
            for (DraftFrame.Advance frame : late) {
                if (random.nextBoolean()) {
                    assertThat(host.worker.advance(frame)).isNull();
                }
            }
            more = host.step();
        }
    }

    private static Set<Branch> told(Host host) {
        Set<Branch> told = new HashSet<>();
        host.sent.forEach(frame -> told.addAll(frame.branches()));
        return told;
    }
}
