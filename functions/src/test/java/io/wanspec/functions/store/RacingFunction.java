package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A function that wants to write one session, step by step. Its tokens say who wrote them, which no real ones do: so that it
 * shows if two functions write one position.
 */
final class RacingFunction {
    static final SessionId SESSION = new SessionId("race");
    static final int TEXT_TOKENS = 24;

    /** Tokens are a position, and behind it who wrote it. */
    static final int NAMES = 100;

    private final int name;
    private final Random random;
    private final RaceClock clock;
    private final SessionTable table;
    private final Map<Integer, Integer> acknowledged = new HashMap<>();
    private @Nullable Recording recording;
    private int committed;
    private int owners;
    private boolean over;
    private boolean busy;

    RacingFunction(int name, Table table, RaceClock clock, Random random) {
        this.name = name;
        this.random = random;
        this.clock = clock;
        this.table = new SessionTable(table, clock);
    }

    /** Starts the session. */
    void begin() {
        SessionHead head = SampleSessions.head("race", Lease.first(owner(), clock.instant()));
        recording = new Recording(table, clock, head, SampleSessions.INPUT, false);
    }

    boolean isOver() {
        return over;
    }

    /** What the table has confirmed to it: position to token. */
    Map<Integer, Integer> acknowledged() {
        return acknowledged;
    }

    /** One thing, unless it is in the middle of one. */
    void step() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            if (recording == null) {
                claim();
            } else {
                write(recording);
            }
        } catch (SdkException unanswered) {
            // As in the product: it is tried again, or the lease runs out.
        } finally {
            busy = false;
        }
    }

    private void claim() {
        switch (table.claim(SESSION, owner())) {
            case Claim.Taken(var record) -> {
                assertThat(record.prompt()).isEqualTo(SampleSessions.PROMPT);
                recording = new Recording(
                        table, clock, record.head(), new SessionInput(record.prompt(), record.prediction()), true);
                committed = record.progress().tokens().size();
                acknowledge(record.progress().tokens(), 0);
            }
            case Claim.Ended ended -> over = true;
            case Claim.Held held -> {}
            case Claim.Unknown unknown -> {}
        }
    }

    private void write(Recording mine) {
        Written written;
        if (!mine.isCreated()) {
            written = mine.create();
        } else if (committed == TEXT_TOKENS && !mine.hasPending()) {
            written = mine.finish(new Recording.End(SessionStatus.FINISHED, "{}", ""));
            over = !(written instanceof Written.Lost);
        } else if (random.nextInt(12) == 0 && !mine.hasPending()) {
            written = mine.finish(new Recording.End(SessionStatus.RUNNING, "", ""));
            recording = null;
        } else {
            commit(mine);
            int before = mine.head().committedTokens();
            written = mine.next();
            acknowledgeOwn(before, mine.head().committedTokens());
        }
        if (written instanceof Written.Lost) {
            recording = null;
        }
    }

    /** Also none at times: then the lease alone is renewed. */
    private void commit(Recording mine) {
        int count = Math.min(random.nextInt(4), TEXT_TOKENS - committed);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(token(committed++));
        }
        if (count > 0) {
            Tokens tokens = Tokens.of(ids.stream().mapToInt(Integer::intValue).toArray());
            mine.committed(new Progress(
                    tokens,
                    ids.stream().map(String::valueOf).toList(),
                    committed == TEXT_TOKENS ? FinishReason.LENGTH : null));
        }
    }

    private int token(int position) {
        return position * NAMES + name;
    }

    private void acknowledgeOwn(int from, int to) {
        for (int position = from; position < to; position++) {
            acknowledged.put(position, token(position));
        }
    }

    private void acknowledge(Tokens tokens, int from) {
        for (int i = 0; i < tokens.size(); i++) {
            acknowledged.put(from + i, tokens.get(i));
        }
    }

    private String owner() {
        return name + "/" + owners++;
    }
}
