package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The links of a session are closed with it. */
final class SessionLinksTest {
    private static final Tokens PROMPT = Tokens.of(1, 2);
    private static final SessionId ID = new SessionId("s");

    @Test
    void linksThatCannotBeClosedDoNotKeepTheOthersOpen() {
        var unclosable = new Unclosable();
        var links = new SessionLinks(unclosable, new EventQueue(8), request());
        links.openTarget(
                new TargetFrame.Open(ProtocolVersion.CURRENT, ID, SamplingOptions.greedy(), PROMPT, PROMPT.size()));
        links.openWorker(new WorkerId("a"), open());
        links.openWorker(new WorkerId("b"), open());

        links.close();

        assertThat(unclosable.closed).hasValue(3);
    }

    private static DraftFrame.Open open() {
        return new DraftFrame.Open(
                ProtocolVersion.CURRENT,
                ID,
                FakeEndpoints.MODEL,
                SamplingOptions.greedy(),
                PROMPT,
                DraftPlan.chain(PROMPT.size()));
    }

    private static SessionRequest request() {
        var generation = new GenerationRequest(ID, PROMPT, SamplingOptions.greedy(), 5, List.of());
        var terms = new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null);
        return new SessionRequest(
                generation, Speculation.defaults(), FakeEndpoints.MODEL, List.of(), terms, Account.nobody(), 0);
    }

    /** Counts the tries to close a link, each of which fails. */
    private static final class Unclosable implements Links {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
            return new Stuck<>(closed);
        }

        @Override
        public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
            return new Stuck<>(closed);
        }
    }

    private record Stuck<F>(AtomicInteger closed) implements Link<F> {
        @Override
        public void send(F frame) {}

        @Override
        public void close() {
            closed.incrementAndGet();
            throw new IllegalStateException("stuck");
        }
    }
}
