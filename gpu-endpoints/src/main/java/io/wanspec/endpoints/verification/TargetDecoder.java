package io.wanspec.endpoints.verification;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.TextCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The committed prefix of one session with its cache: first {@link #fill} until it is filled, then any number of
 * {@link #verification}, each followed by {@link #commit}. The cache always lags by the last committed token, which is the first
 * input of the next pass. It may be given up between two passes: then it is to be filled again. So each pass is to be preceded by
 * {@link #reserve}, and followed by {@link #computed}.
 */
final class TargetDecoder {
    private final Engine engine;
    private final SamplingOptions options;
    private final Sequences.Lease lease;
    private final TextCodec.Detokenizer text;

    /** What is committed, where rules have to read it. */
    private final @Nullable RuledText ruled;

    private final @Nullable Integer logprobs;

    /** Of the tokens that the round has chosen so far. */
    private final List<TokenLogprobs> told = new ArrayList<>();

    private int cachedTokens;
    private Tokens committed;
    private Branch branch;
    private @Nullable TokenTree verifying;
    private boolean begun;

    /** What one pass committed, with its text. */
    record Round(
            VerificationResult result,
            List<String> pieces,
            @Nullable Logprobs logprobs) {
        Round {
            pieces = List.copyOf(pieces);
        }
    }

    /** @param promptTokens how many tokens of {@code prefix} precede the text */
    TargetDecoder(Engine engine, SamplingOptions options, Tokens prefix, int promptTokens) {
        this(
                engine,
                options,
                prefix,
                promptTokens,
                engine.sequences().acquire(prefix, Optional.empty(), CacheNeed.growing(prefix)));
    }

    /** @param lease of a sequence that was acquired for {@code prefix} */
    TargetDecoder(Engine engine, SamplingOptions options, Tokens prefix, int promptTokens, Sequences.Lease lease) {
        this(engine, options, prefix, promptTokens, lease, null);
    }

    /** @param logprobs of how many likeliest tokens the log-probabilities are wanted; null for none */
    TargetDecoder(
            Engine engine,
            SamplingOptions options,
            Tokens prefix,
            int promptTokens,
            Sequences.Lease lease,
            @Nullable Integer logprobs) {
        this.logprobs = logprobs;
        this.engine = engine;
        this.options = options;
        committed = prefix;
        branch = Branch.of(prefix);
        this.lease = lease;
        try {
            text = engine.model().text().detokenizer();
            ruled = ruled(engine, options, prefix);
            pieces(prefix.from(promptTokens));
            if (lease.sequence().length() > prefix.size() - 1) {
                lease.sequence().truncate(prefix.size() - 1);
            }
            cachedTokens = lease.sequence().length();
        } catch (RuntimeException | Error e) {
            lease.release(Tokens.none());
            throw e;
        }
    }

    private static @Nullable RuledText ruled(Engine engine, SamplingOptions options, Tokens prefix) {
        RuledText read = engine.ruledText(options);
        if (read != null) {
            read.append(prefix);
        }
        return read;
    }

    /** How much of the prefix needed no pass. */
    int cachedTokens() {
        return cachedTokens;
    }

    int position() {
        return committed.size();
    }

    boolean holds(int position, Branch prefix) {
        return position == committed.size() && prefix.equals(branch);
    }

    boolean isFilled() {
        return lease.isHeld() && sequence().length() == committed.size() - 1;
    }

    /**
     * Makes room for the next pass, and fills in what sessions of the same caller have computed.
     *
     * @param drafts most draft tokens of it
     * @param wake called when it may be had, if it is not now
     */
    boolean reserve(int drafts, Runnable wake) {
        if (!lease.reserve(committed.size() + drafts, wake)) {
            return false;
        }
        boolean goesOn = isFilled() || share(wake);
        if (!goesOn) {
            lease.computed();
        }
        return goesOn;
    }

    private boolean share(Runnable wake) {
        int before = sequence().length();
        boolean goesOn = lease.share(committed.slice(0, committed.size() - 1), wake);
        cachedTokens += begun ? 0 : sequence().length() - before;
        return goesOn;
    }

    /** A pass is over. @return whether it was a {@link #verification}, which is to be committed */
    boolean computed() {
        lease.computed();
        return verifying != null;
    }

    /** The pass over the next part of the prefix. */
    SequencePass fill() {
        int from = sequence().length();
        int to = Math.min(committed.size() - 1, from + Engine.PREFILL_TOKENS_MAX);
        return new SequencePass.Append(sequence(), committed.slice(from, to), 0);
    }

    /** Whether the context has room for another token. */
    boolean hasRoom() {
        return committed.size() < engine.identity().contextTokens();
    }

    /** The target pass over the draft tokens, less those that cannot be right. */
    SequencePass verification(TokenTree drafts) {
        TokenTree verifiable = VerifiableDrafts.of(
                drafts,
                engine.identity().vocabulary(),
                engine.identity().contextTokens() - committed.size() - 1,
                this::mayFollow);
        verifying = verifiable;
        begun = true;
        return new SequencePass.Tree(
                sequence(), Tokens.of(committed.last()).plus(verifiable.tokens()), parents(verifiable));
    }

    /** Whether a draft token behind others is on the text's grammar, if there is one. */
    private boolean mayFollow(Tokens behind, int token) {
        RuledText read = ruled;
        if (read == null || !read.hasGrammar()) {
            return true;
        }
        int size = read.size();
        read.append(behind);
        boolean may = read.allows(token) || (read.mayEnd() && engine.ends(options, token));
        read.truncate(size);
        return may;
    }

    /** Verifies the draft tokens by their pass, and commits what follows. */
    Round commit(Pass pass) {
        TokenTree verifiable = Objects.requireNonNull(verifying, "a pass that nobody asked for");
        verifying = null;
        told.clear();
        int[] positions = positions(verifiable, committed.size());
        VerificationResult result = VerificationResult.of(
                verifiable, node -> choose(pass, node + 1, positions[node + 1]), token -> engine.ends(options, token));
        committed = committed.plus(result.tokens());
        branch = branch.then(result.tokens());
        sequence().keep(kept(result));
        return new Round(result, pieces(result), logprobs == null ? null : new Logprobs(told));
    }

    private int choose(Pass pass, int row, int position) {
        int token = chosen(pass, row, position);
        if (logprobs != null) {
            told.add(engine.logprobs(pass, row, token, logprobs));
        }
        return token;
    }

    /** Of one position after the other: what is chosen is committed. */
    private int chosen(Pass pass, int row, int position) {
        RuledText read = ruled;
        if (read == null) {
            return engine.choose(pass, row, options, position);
        }
        int token = engine.choose(pass, row, options, read);
        read.append(token);
        return token;
    }

    private List<String> pieces(VerificationResult result) {
        List<String> pieces = pieces(result.tokens());
        SamplingRules rules = options.rules();
        if (result.ended() && rules != null && !rules.showsStop()) {
            pieces.set(pieces.size() - 1, "");
        }
        return pieces;
    }

    /** Row 0 of a pass is the last committed token, row i + 1 is node i. */
    private static int[] parents(TokenTree drafts) {
        int[] parents = new int[drafts.size() + 1];
        parents[0] = TokenTree.PREFIX;
        for (int node = 0; node < drafts.size(); node++) {
            parents[node + 1] = drafts.parents().get(node) + 1;
        }
        return parents;
    }

    /** Of each row the position of what follows it. */
    private static int[] positions(TokenTree drafts, int position) {
        int[] positions = new int[drafts.size() + 1];
        positions[0] = position;
        for (int node = 0; node < drafts.size(); node++) {
            positions[node + 1] = positions[drafts.parents().get(node) + 1] + 1;
        }
        return positions;
    }

    /** The rows of what is committed now, without its last token. */
    private static int[] kept(VerificationResult result) {
        int[] rows = new int[result.tokens().size()];
        for (int i = 1; i < rows.length; i++) {
            rows[i] = result.path().get(i - 1) + 1;
        }
        return rows;
    }

    void release() {
        int held = lease.isHeld() ? sequence().length() : 0;
        lease.release(committed.slice(0, Math.min(committed.size(), held)));
    }

    private List<String> pieces(Tokens tokens) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            pieces.add(text.piece(tokens.get(i)));
        }
        return pieces;
    }

    private Sequence sequence() {
        return lease.sequence();
    }
}
