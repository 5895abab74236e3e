package io.wanspec.functions.resume;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.GenerationListener;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.ArrayList;
import java.util.List;

/**
 * A target of the toy language in which some tokens are the first half of an emoji: it is shown with the token behind it. What a
 * token shows depends on where the prompt ends, as with real tokenizers. It answers on the caller's thread, after a moment.
 */
public final class HalvesTarget implements Links, Generations, FailureReports {
    private static final int HALF_EVERY = 4;
    private static final long PASS_MS = 2;

    static String piece(Tokens prefix, int promptTokens, int token) {
        boolean half = prefix.size() > promptTokens && isHalf(prefix.last());
        return (half ? "\uD83D\uDE00" : "") + (isHalf(token) ? "" : ToyLanguage.piece(token));
    }

    private static boolean isHalf(int token) {
        return token != ToyLanguage.END && token % HALF_EVERY == 0;
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        return new TargetSession(listener);
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        return new Link<>() {
            @Override
            public void send(DraftFrame frame) {
                listener.failed(new LinkFailure("this worker is always lost", false));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        Thread thread = Thread.ofVirtual().start(() -> {
            Tokens prefix = request.prompt();
            int token = -1;
            for (int i = 0; i < request.maxTokens() && token != ToyLanguage.END; i++) {
                pass();
                token = ToyLanguage.next(prefix, request.sampling());
                String piece = piece(prefix, request.prompt().size(), token);
                listener.generated(new Reply.Generated(Tokens.of(token), List.of(piece), token == ToyLanguage.END, 1));
                prefix = prefix.plus(token);
            }
            listener.ended();
        });
        return thread::interrupt;
    }

    private static void pass() {
        try {
            Thread.sleep(PASS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void targetFailed() {}

    @Override
    public void workerFailed(WorkerId worker) {}

    private static final class TargetSession implements Link<TargetFrame> {
        private final LinkListener<TargetFrame> listener;
        private Tokens prefix = Tokens.none();
        private SamplingOptions sampling = SamplingOptions.greedy();
        private int promptTokens;

        TargetSession(LinkListener<TargetFrame> listener) {
            this.listener = listener;
        }

        @Override
        public void send(TargetFrame frame) {
            if (frame instanceof TargetFrame.Open open) {
                prefix = open.prefix();
                sampling = open.sampling();
                promptTokens = open.promptTokens();
                listener.received(new TargetFrame.Ready(open.protocol(), KilledFunctionTest.MODEL, 0));
            } else if (frame instanceof TargetFrame.Verify verify) {
                pass();
                listener.received(verified(verify));
            }
        }

        private TargetFrame verified(TargetFrame.Verify verify) {
            List<Integer> chosen = new ArrayList<>();
            List<String> pieces = new ArrayList<>();
            int accepted = 0;
            int node = TokenTree.PREFIX;
            boolean more = Branch.of(prefix).equals(verify.branch());
            while (more) {
                int token = ToyLanguage.next(prefix, sampling);
                node = verify.drafts().childOf(node, token);
                chosen.add(token);
                pieces.add(piece(prefix, promptTokens, token));
                prefix = prefix.plus(token);
                accepted += node >= 0 ? 1 : 0;
                more = node >= 0 && token != ToyLanguage.END;
            }
            Tokens tokens =
                    Tokens.of(chosen.stream().mapToInt(Integer::intValue).toArray());
            return new TargetFrame.Verified(
                    verify.round(),
                    verify.position(),
                    verify.branch(),
                    accepted,
                    tokens,
                    pieces,
                    tokens.last() == ToyLanguage.END,
                    1);
        }

        @Override
        public void close() {}
    }
}
