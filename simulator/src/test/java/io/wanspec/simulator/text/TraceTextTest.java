package io.wanspec.simulator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.drafting.Outlooks;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TraceTextTest {
    private static final Tokens PROMPT = Tokens.of(7, 8, 9);
    private static final Trace TRACE = Traces.random(1, 40);
    private static final TraceLanguage LANGUAGE = new TraceLanguage(TRACE, 0.8);

    /** What was seen at a position of a text. */
    private record Seen(int entropy, Ints surprisals, int rank) {}

    @Test
    void theTruePathIsTheRecordingRequestBehindRequest() {
        List<Seen> recorded = recorded(0.8);
        List<Seen> walked = walk(LANGUAGE.text(PROMPT, 0), recorded.size() * 2 + 3);
        assertThat(walked.subList(0, recorded.size())).isEqualTo(recorded);
        assertThat(walked.subList(recorded.size(), 2 * recorded.size())).isEqualTo(recorded);
        assertThat(walked.subList(2 * recorded.size(), walked.size())).isEqualTo(recorded.subList(0, 3));
    }

    @Test
    void seedsChooseTheRequestInACircle() {
        int first = TRACE.requests().get(1).tokens();
        int second = TRACE.requests().get(3).tokens();
        List<Seen> expected = recorded(0.8).subList(first, first + second);
        assertThat(walk(LANGUAGE.text(PROMPT, 1), second)).isEqualTo(expected);
        assertThat(walk(LANGUAGE.text(PROMPT, 21), second)).isEqualTo(expected);
        assertThat(walk(LANGUAGE.text(PROMPT, -19), second)).isEqualTo(expected);
    }

    @Test
    void theAcceptanceOfAWholeCircleIsTheRecordedOne() {
        List<Seen> walked = walk(LANGUAGE.text(PROMPT, 5), recorded(0.8).size());
        double accepted = walked.stream().filter(seen -> seen.rank() == 0).count();
        assertThat(accepted / walked.size()).isEqualTo(LANGUAGE.acceptance()).isBetween(0.3, 0.5);
        assertThat(new TraceLanguage(TRACE, 0).acceptance()).isBetween(0.6, 0.8);
    }

    @Test
    void offThePathPositionsOfTheWholeTraceStandIn() {
        Text text = LANGUAGE.text(PROMPT, 0);
        List<Seen> recorded = recorded(0.8);
        List<Seen> seen = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 40_000; i++) {
            seen.add(see(text, random.nextLong(), random.nextInt(300)));
        }
        double accepted = seen.stream().filter(each -> each.rank() == 0).count();
        double deviation = Math.sqrt(LANGUAGE.acceptance() * (1 - LANGUAGE.acceptance()) / seen.size());
        assertThat(accepted / seen.size()).isCloseTo(LANGUAGE.acceptance(), within(4 * deviation));
        assertThat(recorded).containsAll(seen);
        assertThat(seen).containsAll(recorded);
    }

    @Test
    void theSameWhateverTheOrderOfQuestions() {
        List<Long> path = path(LANGUAGE.text(PROMPT, 2), 200);
        Text forward = LANGUAGE.text(PROMPT, 2);
        Text backward = LANGUAGE.text(PROMPT, 2);
        List<Seen> ahead = new ArrayList<>();
        List<Seen> behind = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            int last = path.size() - 1 - i;
            ahead.add(see(forward, path.get(i), PROMPT.size() + i));
            behind.addFirst(see(backward, path.get(last), PROMPT.size() + last));
        }
        assertThat(behind).isEqualTo(ahead);
    }

    @Test
    void textsOfOtherSeedsDifferOffThePath() {
        List<Seen> one = new ArrayList<>();
        List<Seen> other = new ArrayList<>();
        for (long branch = 1; branch <= 20; branch++) {
            one.add(see(LANGUAGE.text(PROMPT, 0), branch, 10));
            other.add(see(LANGUAGE.text(PROMPT, 20), branch, 10));
        }
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void noMoreCandidatesThanAreWanted() {
        Outlooks out = new Outlooks();
        LANGUAGE.text(PROMPT, 0).outlook(1, 50, 1, out);
        assertThat(out.count(0)).isEqualTo(1);
    }

    @Test
    void aTemperatureThatWasNotRecordedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceLanguage(TRACE, 0.5))
                .withMessage("temperature must be one of [0.0, 0.8], was 0.5");
    }

    private static List<Seen> recorded(double temperature) {
        List<Seen> recorded = new ArrayList<>();
        for (TraceRequest request : TRACE.requests()) {
            for (int i = 0; request.temperature() == temperature && i < request.tokens(); i++) {
                Ints surprisals = request.surprisals().get(i);
                int rank = request.ranks().get(i);
                recorded.add(new Seen(request.entropies().get(i), surprisals, rank < surprisals.size() ? rank : -1));
            }
        }
        return recorded;
    }

    private static List<Seen> walk(Text text, int tokens) {
        List<Long> path = path(text, tokens);
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            seen.add(see(text, path.get(i), PROMPT.size() + i));
        }
        return seen;
    }

    private static List<Long> path(Text text, int tokens) {
        List<Long> path = new ArrayList<>();
        long branch = Branch.of(PROMPT).digest();
        for (int i = 0; i < tokens; i++) {
            path.add(branch);
            branch = Branch.then(branch, text.target(branch, PROMPT.size() + i));
        }
        return path;
    }

    /** With the rank of the target's token among the candidates' own tokens; -1 if it is none of them. */
    private static Seen see(Text text, long branch, int position) {
        Outlooks out = new Outlooks();
        text.outlook(branch, position, TraceRequest.BEYOND, out);
        int target = text.target(branch, position);
        int[] surprisals = new int[out.count(0)];
        int rank = -1;
        for (int i = 0; i < surprisals.length; i++) {
            surprisals[i] = out.surprisal(0, i);
            rank = out.token(0, i) == target ? i : rank;
        }
        return new Seen(out.entropy(0), Ints.of(surprisals), rank);
    }
}
