package io.wanspec.endpoints.draft;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.drafting.DraftStep;
import io.wanspec.drafting.DraftWorker;
import io.wanspec.drafting.Outlooks;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.copy.Copy;
import io.wanspec.endpoints.model.copy.CopyMixer;
import io.wanspec.endpoints.model.copy.CopyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DraftWorker} with the model that runs its passes. It has its cache from the beginning: for want of one a link is refused when
 * it opens, never in mid-stream.
 */
final class DraftDecoder {
    private static final float MILLI = 1_000;

    private final Engine engine;
    private final SamplingOptions options;
    private final DraftWorker worker;
    private final Outlooks outlooks = new Outlooks();
    private final CopyText text = new CopyText();

    /** What is committed, where rules have to read it. */
    private final @Nullable RuledText ruled;

    private final Sequences.Lease lease;
    private @Nullable Branches branches;
    private DraftStep asked = new DraftStep.Rest();

    /** @throws io.wanspec.endpoints.compute.OverloadedException if no sequence is to be had at present */
    DraftDecoder(Engine engine, DraftFrame.Open open) {
        this.engine = engine;
        options = open.sampling();
        ruled = engine.ruledText(options);
        Tokens prefix = open.prefix();
        worker = new DraftWorker(
                open,
                engine.identity().contextTokens(),
                Engine.PREFILL_TOKENS_MAX,
                token -> engine.ends(open.sampling(), token),
                this::forced);
        lease = engine.sequences().acquire(prefix, Optional.ofNullable(open.caller()), CacheNeed.expendable(prefix));
        try {
            begin(prefix);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private void begin(Tokens prefix) {
        // The last token's pass gives the first outlook.
        sequence().truncate(Math.min(sequence().length(), prefix.size() - 1));
        reserve(prefix.size());
        var _ = lease.share(prefix.slice(0, prefix.size() - 1), () -> {});
        worker.cacheHolds(sequence().length());
    }

    DraftFrame.@Nullable Refused advance(DraftFrame.Advance frame) {
        return worker.advance(frame);
    }

    void expand(DraftFrame.Expand frame) {
        worker.expand(frame);
    }

    /** @return the next pass, to be followed by {@link #computed}; null if there is none to run */
    @Nullable
    SequencePass next() {
        DraftStep step = worker.next();
        asked = step;
        return switch (step) {
            case DraftStep.Rest rest -> null;
            case DraftStep.Fill fill -> fill(fill);
            case DraftStep.Grow grow -> grow(grow);
        };
    }

    private SequencePass fill(DraftStep.Fill step) {
        branches = null;
        reserve(sequence().length() + step.tokens().size());
        return new SequencePass.Append(sequence(), step.tokens(), 0);
    }

    private SequencePass grow(DraftStep.Grow step) {
        Branches tree = tree(step);
        if (step.settled().length > 0) {
            tree.commit(new Branch(step.settled()[step.settled().length - 1]));
        }
        reserve(sequence().length() + tree.size() + step.nodes().size());
        return new SequencePass.Growth(tree, nodes(step.nodes()));
    }

    /** A draft that finds no room ends: sessions go on without it, and come again. */
    private void reserve(int tokens) {
        var _ = lease.reserve(tokens, () -> {});
    }

    /** Takes in what {@link #next} asked for. */
    void computed(Pass pass, long nanos, Outbox outbox) {
        lease.computed();
        switch (asked) {
            case DraftStep.Rest rest -> throw new IllegalStateException("a pass that nobody asked for");
            case DraftStep.Fill fill -> worker.filled(fill, nanos);
            case DraftStep.Grow grow -> grown(grow, pass, nanos, outbox);
        }
    }

    private void grown(DraftStep.Grow step, Pass pass, long nanos, Outbox outbox) {
        outlooks.clear();
        for (int i = 0; i < step.nodes().size(); i++) {
            look(step.nodes(), i, pass);
        }
        DraftFrame.Drafted frame = worker.grown(step, outlooks, nanos);
        if (frame != null) {
            outbox.add(frame);
        }
    }

    /** The first pass behind a filled cache begins with the token that follows it, so its parent names what is cached. */
    private Branches tree(DraftStep.Grow step) {
        Branches held = branches;
        if (held == null) {
            held = sequence().branches(new Branch(step.nodes().parents()[0]));
            branches = held;
        }
        return held;
    }

    private static List<Branches.Node> nodes(DraftStep.Nodes columns) {
        List<Branches.Node> nodes = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            nodes.add(new Branches.Node(new Branch(columns.parents()[i]), columns.tokens()[i]));
        }
        return nodes;
    }

    private void look(DraftStep.Nodes nodes, int row, Pass pass) {
        long branch = nodes.branches()[row];
        if (!worker.wants(branch)) {
            outlooks.begin(Math.round(pass.entropies()[row] * MILLI));
            return;
        }
        int forced = forced(branch);
        if (forced >= 0) {
            outlooks.begin(0);
            outlooks.candidate(forced, 0);
            return;
        }
        CopyMixer.Row mixed = engine.mix(pass, row, copyBehind(branch));
        outlooks.begin(Math.round(mixed.entropy() * MILLI));
        Candidates found =
                engine.candidates(ruled(mixed, branch), options, nodes.positions()[row] + 1, worker.candidates());
        for (int rank = 0; rank < found.size() && (rank == 0 || isPossible(found, rank)); rank++) {
            outlooks.candidate(
                    found.tokens().get(rank), found.surprisalsMilliNats().get(rank));
        }
    }

    /** Where a grammar leaves few tokens, there are more wanted than can follow. */
    private boolean isPossible(Candidates found, int rank) {
        return ruled == null
                || !ruled.hasGrammar()
                || found.surprisalsMilliNats().get(rank) < Candidates.SURPRISAL_MILLI_NATS_MAX;
    }

    /** What the text, read down to a draft token, suggests as its next token. */
    private @Nullable Copy copyBehind(long branch) {
        if (engine.model().copies().isNone()) {
            return null;
        }
        text.append(worker.committedFrom(text.size()));
        int committed = text.size();
        text.append(worker.pathTo(branch));
        Copy copy = text.next();
        text.truncate(committed);
        return copy;
    }

    /** As the target's rules make it, read down to a draft token. */
    private CopyMixer.Row ruled(CopyMixer.Row row, long branch) {
        RuledText read = ruled;
        return read == null ? row : behind(read, branch, () -> engine.ruled(row, read));
    }

    /** The one token that the grammar leaves behind a draft token, or -1: no model is needed for it. */
    private int forced(long branch) {
        RuledText read = ruled;
        return read == null || !read.hasGrammar() ? DraftWorker.NOT_FORCED : behind(read, branch, read::forced);
    }

    private <T> T behind(RuledText read, long branch, Supplier<T> asked) {
        read.append(worker.committedFrom(read.size()));
        int committed = read.size();
        read.append(worker.pathTo(branch));
        T answer = asked.get();
        read.truncate(committed);
        return answer;
    }

    /** The sequence of this session; it holds nothing but a part of the prefix when it is new. */
    private Sequence sequence() {
        return lease.sequence();
    }

    void release() {
        lease.release(worker.cachedTokens());
    }
}
