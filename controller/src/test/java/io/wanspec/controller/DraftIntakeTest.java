package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.Calibration;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DraftIntakeTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);

    private final EventTime time = new EventTime();
    private final Committed committed = new Committed(PROMPT, 20);
    private final DraftTree tree = new DraftTree(PROMPT, 256);
    private final DraftIntake intake = new DraftIntake(committed, tree, new Calibration(1));
    private final WorkerState worker = new WorkerState(new Worker(new WorkerId("w"), Place.DRAFT_REGION), time);

    DraftIntakeTest() {
        worker.onOpening(3, 20);
        worker.onReady();
        time.enter(1);
    }

    @Test
    void aFrameThatOvertookTheOneBeforeItWaitsForIt() {
        take(drafted(PROMPT.plus(5), 6));
        assertThat(knows(Tokens.of(5, 6))).isFalse();
        take(drafted(PROMPT, 5));
        assertThat(knows(Tokens.of(5, 6))).isTrue();
    }

    @Test
    void theSameAgainChangesNothing() {
        take(drafted(PROMPT, 5));
        take(drafted(PROMPT, 5));
        assertThat(tree.size()).isEqualTo(2);
    }

    @Test
    void whatTheTargetContradictedIsDropped() {
        take(drafted(PROMPT, 5));
        commit(Tokens.of(7));
        take(drafted(PROMPT.plus(5), 6));
        assertThat(tree.isLeaf(tree.root())).isTrue();
        take(drafted(PROMPT.plus(7), 8));
        assertThat(knows(Tokens.of(8))).isTrue();
    }

    @Test
    void aLateFrameThatWasRightKeepsItsWorkerInStep() {
        commit(Tokens.of(5, 6));
        worker.forecast().outOfStep(3);
        take(drafted(PROMPT, 9));
        assertThat(worker.forecast().isInStep()).as("it was wrong").isFalse();
        take(drafted(PROMPT, 5));
        assertThat(worker.forecast().isInStep()).isTrue();
    }

    @Test
    void aBranchAtAnotherPositionIsNobodys() {
        take(DraftFrame.Drafted.single(5, Branch.of(PROMPT), 9, 0, 0, 3, 1, 1));
        assertThat(tree.size()).isEqualTo(1);
    }

    @Test
    void orphansAreBoundedAndGoWhenTheirPositionsAreCommitted() {
        for (int i = 0; i < 100; i++) {
            take(DraftFrame.Drafted.single(5, new Branch(i), 9, 0, 0, 3, 1, 1));
        }
        take(drafted(PROMPT.plus(5), 6));
        take(drafted(PROMPT, 5));
        assertThat(knows(Tokens.of(5, 6))).as("there was no room for it").isFalse();
        commit(Tokens.of(5, 6, 7));
        take(drafted(PROMPT.plus(Tokens.of(5, 6, 7, 8)), 9));
        take(drafted(PROMPT.plus(Tokens.of(5, 6, 7)), 8));
        assertThat(knows(Tokens.of(8, 9))).isTrue();
    }

    /** As many frames as may wait, in any order: all of them are placed. */
    @SeededTest(tries = 200)
    void theOrderDoesNotMatter(Random random) {
        List<DraftFrame.Drafted> frames = new ArrayList<>();
        Tokens path = PROMPT;
        for (int token = 10; token < 18; token++) {
            frames.add(drafted(path, token));
            path = path.plus(token);
        }
        Collections.shuffle(frames, random);
        DraftIntakeTest fresh = new DraftIntakeTest();
        frames.forEach(fresh::take);
        assertThat(fresh.knows(path.from(PROMPT.size()))).isTrue();
    }

    private void take(DraftFrame.Drafted frame) {
        intake.take(worker, frame);
    }

    private void commit(Tokens tokens) {
        committed.append(tokens);
        tree.commit(tokens);
        intake.onCommitted();
    }

    private boolean knows(Tokens path) {
        Tokens all = committed.all().plus(path);
        return tree.find(Branch.of(all).digest()) != DraftTree.NONE;
    }

    private static DraftFrame.Drafted drafted(Tokens prefix, int token) {
        return DraftFrame.Drafted.single(prefix.size(), Branch.of(prefix), token, 100, 200, 3, 1, 1);
    }
}
