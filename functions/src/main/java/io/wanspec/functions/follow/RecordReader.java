package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SeenText;
import io.wanspec.controller.StopGate;
import io.wanspec.controller.StopRule;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.store.SessionHead;
import io.wanspec.functions.store.SessionStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a session's record. It keeps what it has read, which the request's own limit bounds. */
final class RecordReader implements TextReader {
    private final SessionStore store;
    private final SessionId session;
    private final Function<SessionHead, TextStanding> standing;
    private final SeenLog seen = new SeenLog(SeenText.none());
    private Tokens tokens = Tokens.none();
    private @Nullable StopGate gate;
    private @Nullable SessionOutcome end;

    RecordReader(SessionStore store, SessionId session, Function<SessionHead, TextStanding> standing) {
        this.store = store;
        this.session = session;
        this.standing = standing;
    }

    @Override
    public Optional<TextStanding> look() throws InterruptedException {
        Optional<SessionHead> head = store.look(session);
        if (head.isEmpty() || !read(head.get())) {
            return Optional.empty();
        }
        StopGate stop = gate;
        if (stop != null && head.get().finish() != null) {
            // The text may have ended behind its last token.
            seen.add(stop.end(SeenText.none()));
        }
        end = RecordedEnds.of(head.get(), tokens, seen.from(0).texts()).orElse(null);
        return head.map(standing);
    }

    /** @return false if the text is not there any more */
    private boolean read(SessionHead head) throws InterruptedException {
        if (head.committedTokens() <= tokens.size()) {
            return true;
        }
        Optional<Progress> more = store.more(head, tokens.size());
        more.ifPresent(progress -> take(head, progress));
        return more.isPresent();
    }

    /** As {@link Progress#shown} says it of a whole text. */
    private void take(SessionHead head, Progress more) {
        StopGate stop = gate == null ? new StopGate(StopRule.of(head.sampling(), head.stop())) : gate;
        gate = stop;
        tokens = tokens.plus(more.tokens());
        SeenText some = stop.pass(more.pieces(), more.logprobs());
        seen.add(more.finish() == null ? some : stop.end(some));
    }

    @Override
    public List<String> from(int piece) {
        return seen.from(piece).texts();
    }

    @Override
    public SeenText seenFrom(int piece) {
        return seen.from(piece);
    }

    @Override
    public @Nullable SessionOutcome end() {
        return end;
    }
}
