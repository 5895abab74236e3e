package io.wanspec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sizes that are computed against frames that are encoded. */
final class FrameSizeTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void draftedFramesAreAsLongAsTheirEncoding() {
        for (int i = 0; i < 500; i++) {
            DraftFrame frame = drafted(1 + random.nextInt(12));
            assertThat(FrameSize.of(frame)).isEqualTo(FrameCodec.encode(frame).length);
        }
    }

    @Test
    void advanceFramesAreAsLongAsTheirEncoding() {
        for (int i = 0; i < 500; i++) {
            int position = 1 + number(5);
            Tokens committed = Tokens.of(numbers(random.nextInt(6)));
            DraftPlan plan = new DraftPlan(position, 1 + random.nextInt(60), 4, number(7) % 1_000_000, 0, 1);
            DraftFrame frame = new DraftFrame.Advance(position, new Branch(random.nextLong()), committed, plan);
            assertThat(FrameSize.of(frame)).isEqualTo(FrameCodec.encode(frame).length);
        }
    }

    private DraftFrame drafted(int prefixes) {
        List<Branch> branches = new ArrayList<>();
        int[] counts = new int[prefixes];
        int total = 0;
        for (int i = 0; i < prefixes; i++) {
            branches.add(new Branch(random.nextLong()));
            counts[i] = 1 + random.nextInt(8);
            total += counts[i];
        }
        int[] positions = new int[prefixes];
        for (int i = 0; i < prefixes; i++) {
            positions[i] = 1 + number(5);
        }
        return new DraftFrame.Drafted(
                Ints.of(positions),
                branches,
                Ints.of(numbers(prefixes)),
                Ints.of(counts),
                Tokens.of(numbers(total)),
                Ints.of(numbers(total)),
                1 + number(5),
                number(4),
                number(9));
    }

    /** A number of any length up to this many digits, ends of the ranges included. */
    private int number(int digitsMax) {
        int power = (int) Math.pow(10, random.nextInt(digitsMax));
        return switch (random.nextInt(4)) {
            case 0 -> power;
            case 1 -> power - 1;
            default -> random.nextInt(power * (digitsMax == 10 ? 2 : 1) + 1);
        };
    }

    private int[] numbers(int size) {
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = number(10);
        }
        return numbers;
    }
}
