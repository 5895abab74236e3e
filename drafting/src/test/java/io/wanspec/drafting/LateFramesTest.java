package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.frame.DraftFrame;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Two workers get the same frames, one of them also late and repeated ones: they do the same. */
class LateFramesTest {
    private static final DraftText TEXT = new DraftText(12);
    private static final int STEPS = 120;

    @Property(tries = 500)
    void lateAndRepeatedAdvancesChangeNothing(@ForAll long seed) {
        Random random = new Random(seed);
        RandomFrames frames = new RandomFrames(TEXT, random);
        Host plain = new Host(TEXT, frames.committed(), frames.plan(), 0);
        Host pestered = new Host(TEXT, frames.committed(), frames.plan(), 0);
        DraftFrame.@Nullable Advance last = null;
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(5) == 0) {
                last = frames.advance();
                assertThat(plain.worker.advance(last)).isNull();
                assertThat(pestered.worker.advance(last)).isNull();
            }
            if (last != null && random.nextBoolean()) {
                assertThat(pestered.worker.advance(last)).isNull();
            }
            frames.stale()
                    .forEach(stale -> assertThat(pestered.worker.advance(stale)).isNull());
            DraftStep step = plain.begin();
            assertSame(pestered.begin(), step);
            if (step instanceof DraftStep.Grow grow) {
                assertThat(pestered.finish(grow)).isEqualTo(plain.finish(grow));
            }
        }
    }

    private static void assertSame(DraftStep is, DraftStep shouldBe) {
        if (is instanceof DraftStep.Grow a && shouldBe instanceof DraftStep.Grow b) {
            assertThat(a.settled()).isEqualTo(b.settled());
            assertThat(a.nodes().branches()).isEqualTo(b.nodes().branches());
            assertThat(Arrays.equals(a.nodes().parents(), b.nodes().parents())).isTrue();
        } else {
            assertThat(is).isEqualTo(shouldBe);
        }
    }
}
