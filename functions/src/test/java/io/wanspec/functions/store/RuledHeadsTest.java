package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.TableModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What functions make of a record that know neither rules nor log-probabilities: they read {@code ids} of prompts and texts, and fail where there
 * are none; the head they read, and so can cancel, give up and delete the session.
 */
final class RuledHeadsTest {
    private static final SessionId ID = new SessionId("s");

    private final RaceClock.Now now = new RaceClock.Now(SampleSessions.NOW);
    private final RaceClock clock = new RaceClock(now, Duration.ZERO);
    private final TableModel items = new TableModel(clock);
    private final SessionTable table = new SessionTable(items, clock);

    private static SessionRequest request(String kind) {
        SessionRequest ruled = SampleSessions.request("s", SampleSessions.PROMPT);
        return switch (kind) {
            case "rules" -> ruled;
            case "logprobs" -> plain(ruled, OptionalInt.of(2));
            default -> plain(ruled, OptionalInt.empty());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "logprobs"})
    void hidesItsTokensFromWhoeverWouldIgnoreTheRules(String kind) {
        begun(kind);
        assertThat(parts())
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.attributes()).doesNotContainKey("ids"));
        assertThat(table.find(ID).orElseThrow().progress().tokens().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = "nothing")
    void othersAreForAll(String kind) {
        begun(kind);
        assertThat(parts())
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.bytes("ids")).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "logprobs", "nothing"})
    void whatTheVersionBeforeEndsIsReadByThisOne(String kind) {
        SessionHead head = begun(kind);
        new OlderFunction(items).end(ID, head.lease(), "{\"tokens\":2}", "the target is away");

        SessionHead ended = table.head(ID).orElseThrow();
        assertThat(ended.status()).isEqualTo(SessionStatus.FAILED);
        assertThat(ended.ledger()).isEqualTo("{\"tokens\":2}");
        assertThat(ended.failure()).isEqualTo("the target is away");
        assertThat(ended.lease().isFree(now.instant())).isTrue();
        assertThat(ended.sampling()).isEqualTo(request(kind).generation().sampling());
        assertThat(ended.logprobs()).isEqualTo(request(kind).generation().logprobs());
        assertThat(table.find(ID).orElseThrow().progress().tokens().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "logprobs", "nothing"})
    void theVersionBeforeReadsTheHeadOfWhatASweepGaveUp(String kind) {
        OlderFunction older = new OlderFunction(items);
        begun(kind);
        assertThat(older.statusOf(ID)).isEqualTo("RUNNING");

        List<SessionHead> unowned = new ArrayList<>();
        now.pass(SweepRule.GRACE.plus(Lease.DURATION).plusSeconds(1));
        assertThat(new SessionSweeper(items, clock, SweepRule.GRACE, unowned::add)
                        .sweep(10)
                        .givenUp())
                .isEqualTo(1);
        assertThat(older.statusOf(ID)).isEqualTo("INCOMPLETE");
        if (kind.equals("nothing")) {
            assertThat(older.textOf(ID).size()).isEqualTo(2);
        } else {
            assertThatIllegalStateException().isThrownBy(() -> older.textOf(ID));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "nothing"})
    void theVersionBeforeReadsTheLedgerOfAnEnd(String kind) {
        SessionHead head = begun(kind);
        String ledger = "{\"tokens\":2,\"tokenDetails\":{\"cachedTokens\":3},\"placement\":[1]}";
        SessionHead ended = head.with(2, FinishReason.STOP).ended(SessionStatus.FINISHED, ledger, "");
        assertThat(table.end(ended)).isInstanceOf(Written.Done.class);

        assertThat(new OlderFunction(items).ledgerOf(ID)).isEqualTo("{\"tokens\":2}");
        assertThat(table.head(ID).orElseThrow().ledger()).isEqualTo(ledger);
    }

    private SessionHead begun(String kind) {
        SessionHead head = SessionHead.of(
                request(kind),
                Lease.first("me", now.instant()),
                now.instant(),
                now.instant().plusSeconds(3_600));
        assertThat(table.create(head, SampleSessions.INPUT)).isInstanceOf(Written.Done.class);
        Progress some = SampleSessions.progress(3, 2, null);
        assertThat(table.append(head.with(2, null), some)).isInstanceOf(Written.Done.class);
        return head;
    }

    private List<Item> parts() {
        return items.all().stream()
                .filter(item -> !item.key().equals(HeadItem.key(ID)))
                .toList();
    }

    private static SessionRequest plain(SessionRequest ruled, OptionalInt logprobs) {
        GenerationRequest of = ruled.generation();
        var generation = new GenerationRequest(
                of.session(),
                of.prompt(),
                of.sampling().withoutRules(),
                of.maxTokens(),
                of.stop(),
                logprobs,
                Tokens.none());
        return new SessionRequest(
                generation,
                ruled.speculation(),
                ruled.target(),
                ruled.workers(),
                ruled.terms(),
                ruled.account(),
                ruled.arrivedNanos());
    }
}
