package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.Progress;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemSize;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Log-probabilities in a session's record: what is read is what was written, to the bit, in items that a table takes. */
final class LogprobItemsTest {
    private static final SessionId ID = new SessionId("s");
    private static final int ITEM_BYTES_MAX = 400_000;

    @SeededTest(tries = 20)
    void areReadAsTheyWereWritten(Random random) {
        Progress all = progress(random, Gen.between(random, 1, 400));
        List<Item> parts = new ArrayList<>();
        int at = 0;
        while (at < all.tokens().size()) {
            Progress rest = all.slice(at, all.tokens().size(), null);
            int count = PartItems.fitting(rest);
            Item part = PartItems.tokens(ID, at, rest.slice(0, count, null), random.nextBoolean(), SampleSessions.NOW);
            assertThat(ItemSize.bytes(part)).isLessThan(ITEM_BYTES_MAX);
            parts.add(part);
            at += count;
        }
        assertThat(PartItems.readTokens(parts)).isEqualTo(all);
    }

    @Test
    void thoseThatDoNotFitAreNone() {
        Progress first = progress(new Random(1), 3);
        Progress none = SampleSessions.progress(3, 2, null);
        List<Item> parts = List.of(
                PartItems.tokens(ID, 0, first, true, SampleSessions.NOW),
                PartItems.tokens(ID, 3, none, true, SampleSessions.NOW));

        Progress read = PartItems.readTokens(parts);
        assertThat(read.tokens()).isEqualTo(first.tokens().plus(none.tokens()));
        assertThat(read.logprobs().isNone()).isTrue();
    }

    private static Progress progress(Random random, int tokens) {
        List<String> pieces = new ArrayList<>();
        List<TokenLogprobs> entries = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            pieces.add(Gen.anyText(random, 4));
            entries.add(entry(random));
        }
        Tokens ids = Tokens.of(random.ints(tokens, 0, 100_000).toArray());
        return new Progress(ids, pieces, null, new Logprobs(entries));
    }

    private static TokenLogprobs entry(Random random) {
        int count = Gen.between(random, 1, 21);
        List<Float> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(-random.nextFloat() * 30);
            StringBuilder bytes = new StringBuilder();
            random.ints(random.nextInt(40), 0, 256).forEach(value -> bytes.append((char) value));
            texts.add(bytes.toString());
        }
        return new TokenLogprobs(Tokens.of(random.ints(count, 0, 100_000).toArray()), values, texts);
    }
}
