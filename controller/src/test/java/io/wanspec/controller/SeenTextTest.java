package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which tokens' log-probabilities are told depends on the text alone, not on how many tokens came at once; a twin looks at the whole. */
class SeenTextTest {
    @SeededTest
    void isThatOfTheWholeTextHoweverItIsCut(Random random) {
        List<String> pieces =
                Gen.several(random, 1, 12, () -> Gen.text(random, "abc", 0, 3)).toList();
        List<String> stops =
                Gen.several(random, 0, 3, () -> Gen.text(random, "abc", 1, 4)).toList();
        StopRule rule = new StopRule(stops, random.nextBoolean(), random.nextInt(4));
        StopGate gate = new StopGate(rule);
        StopGate endsApart = new StopGate(rule);
        SeenText apart = SeenText.none();
        SeenText seen = SeenText.none();
        int taken = 0;
        while (taken < pieces.size() && !gate.isStopped()) {
            // As sessions do: one behind the other until the text stops.
            seen = seen.plus(gate.pass(pieces.subList(taken, taken + 1), told(taken, taken + 1)));
            apart = apart.plus(endsApart.pass(pieces.subList(taken, taken + 1), told(taken, taken + 1)));
            taken++;
        }
        seen = gate.end(seen);
        apart = apart.plus(endsApart.end(SeenText.none()));
        assertThat(apart.told()).isEqualTo(seen.told());
        assertThat(String.join("", apart.texts())).isEqualTo(String.join("", seen.texts()));

        List<String> came = pieces.subList(0, taken);
        var whole = new Progress(ids(0, taken), came, FinishReason.STOP, told(0, taken)).seen(rule);
        assertThat(whole.told()).isEqualTo(seen.told());
        assertThat(whole.texts()).isEqualTo(seen.texts());
        assertThat(seen.told()).isEqualTo(expected(came, gate.isStopped(), String.join("", seen.texts())));
    }

    /** All tokens, unless a stop string came: then those of whose text some is shown, and the empty ones before its end. */
    private static List<TokenLogprobs> expected(List<String> pieces, boolean stopped, String shown) {
        List<TokenLogprobs> expected = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            boolean empty = pieces.get(i).isEmpty();
            if (!stopped || at < shown.length() || (empty && at == shown.length())) {
                expected.addAll(told(i, i + 1).each());
            } else {
                break;
            }
            at += pieces.get(i).length();
        }
        return expected;
    }

    private static Logprobs told(int from, int to) {
        List<TokenLogprobs> each = new ArrayList<>();
        for (int i = from; i < to; i++) {
            each.add(new TokenLogprobs(Tokens.of(i), List.of(-0.5f * i), List.of("t" + i)));
        }
        return new Logprobs(each);
    }

    private static Tokens ids(int from, int to) {
        Tokens ids = Tokens.none();
        for (int i = from; i < to; i++) {
            ids = ids.plus(i);
        }
        return ids;
    }
}
