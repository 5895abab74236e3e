package io.wanspec.endpoints.compute;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenTrie;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.TextCodec;
import io.wanspec.endpoints.model.copy.Copy;
import io.wanspec.endpoints.model.copy.CopyMixer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A model with its caches and sampler, and the least time that its passes take. Passes and sampling happen on the compute thread only. */
public final class Engine {
    /** Most tokens of prompts that one pass fills in, so that other sessions need not wait long for the next one. */
    public static final int PREFILL_TOKENS_MAX = 64;

    /** What is said of a grammar that is not {@link #canWrite written}. */
    public static final String UNWRITABLE = "sampling.rules.grammar: this model's vocabulary can write no text of it";

    private final LanguageModel model;
    private final Sequences sequences;
    private final MinimumPassTime minimum;
    private final WaitingRoom room;
    private final CoupledSampler sampler = new CoupledSampler();
    private final CopyMixer mixer;
    private final RuledRows ruled;
    private @Nullable Grammars grammars;
    private final PassCounts counts = new PassCounts();
    private final RowCost rowCost = new RowCost();

    public Engine(LanguageModel model, Sequences sequences, MinimumPassTime minimum) {
        this(model, sequences, minimum, WaitingRoom.WAITING_MAX);
    }

    /** @param waitingMax most sessions that wait for a sequence */
    public Engine(LanguageModel model, Sequences sequences, MinimumPassTime minimum, int waitingMax) {
        this.model = model;
        this.sequences = sequences;
        this.minimum = minimum;
        room = new WaitingRoom(sequences, waitingMax);
        mixer = new CopyMixer(model.copies(), model.proposals());
        ruled = new RuledRows(model);
    }

    /**
     * What a pass gave to each of its parts.
     *
     * @param nanos that it took, padding included
     * @param rowNanos what one more row would have added; 0 if that is not known
     */
    public record Ran(List<PassResult> results, long nanos, long rowNanos) {
        public Ran {
            results = List.copyOf(results);
        }
    }

    public LanguageModel model() {
        return model;
    }

    public ModelIdentity identity() {
        return model.identity();
    }

    public Sequences sequences() {
        return sequences;
    }

    /** Where sessions wait for a sequence. */
    public WaitingRoom room() {
        return room;
    }

    /** What decode passes have taken so far. */
    public PassCounts counts() {
        return counts;
    }

    /**
     * A pass, padded to the minimum for all its rows, unless it only fills caches.
     *
     * @param parts of different sequences
     */
    public Ran run(List<SequencePass> parts) {
        long start = System.nanoTime();
        List<PassResult> results = model.run(parts);
        sequences.trim();
        long own = System.nanoTime() - start;
        if (parts.stream().allMatch(SequencePass::isFill)) {
            return new Ran(results, own, 0);
        }
        int rows = parts.stream().mapToInt(SequencePass::rows).sum();
        long least = minimum.isPaced() ? minimum.nanosFor(rows) : 0;
        sleepUntil(start + least);
        long whole = System.nanoTime() - start;
        counts.add(rows, parts.size(), own, whole, minimum.isPaced() && own > least);
        rowCost.add(rows, whole);
        return new Ran(results, whole, rowCost.nanosAt(rows));
    }

    /** The token that seed-coupled sampling chooses from a row of {@code pass} for {@code position}. */
    public int choose(Pass pass, int row, SamplingOptions options, int position) {
        int columns = pass.vocabulary();
        return sampler.sample(pass.logits(), pass.offset(row), columns, model.proposals(), options, position);
    }

    /** The same behind a text with rules, whose next token it is. */
    public int choose(Pass pass, int row, SamplingOptions options, RuledText text) {
        int columns = pass.vocabulary();
        float[] logits = ruled.of(pass.logits(), pass.offset(row), columns, model.proposals(), text);
        return sampler.sample(logits, 0, columns, model.proposals(), options, text.size());
    }

    /** A row as a text's rules make it, valid until the next call. */
    public CopyMixer.Row ruled(CopyMixer.Row row, RuledText text) {
        float[] logits = ruled.of(row.logits(), row.offset(), row.columns(), row.proposals(), text);
        return new CopyMixer.Row(logits, 0, row.columns(), row.proposals(), row.entropy());
    }

    /** A text by its rules, which has not begun; null if there are none. On the compute thread only. */
    public @Nullable RuledText ruledText(SamplingOptions options) {
        return options.rules() == null ? null : new RuledText(options.rules(), grammars());
    }

    /** Whether the model can write, and end, any text of the grammar that these options have, if they have one. On the compute thread only. */
    public boolean canWrite(SamplingOptions options) {
        SamplingRules rules = options.rules();
        return rules == null
                || rules.grammar() == null
                || (ruled.mayEnd() && grammars().canWrite(rules.grammar()));
    }

    /** Of all tokens' bytes: made when the first grammar comes. */
    private Grammars grammars() {
        Grammars made = grammars;
        if (made == null) {
            made = new Grammars(TokenTrie.of(model.identity().vocabulary(), model.text()::text));
            grammars = made;
        }
        return made;
    }

    /** The log-probabilities of the tokens behind a row, the chosen one's and those of so many likeliest. */
    public TokenLogprobs logprobs(Pass pass, int row, int chosen, int count) {
        return new RowLogprobs(pass.logits(), pass.offset(row), pass.vocabulary()).told(chosen, count, model.text());
    }

    /** Of each token the bytes that it stands for, a character each. */
    public static List<String> texts(Tokens tokens, TextCodec text) {
        return Arrays.stream(tokens.toArray())
                .mapToObj(token -> new String(text.bytes(token), StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Whether {@code token} ends a text of these options. */
    public boolean ends(SamplingOptions options, int token) {
        SamplingRules rules = options.rules();
        return rules == null
                ? model.endsSequence(token)
                : rules.stopsAt(token) || (!rules.ignoresEnd() && model.endsSequence(token));
    }

    /** A row of {@code pass} with a copy mixed in, valid until the next call. */
    public CopyMixer.Row mix(Pass pass, int row, @Nullable Copy copy) {
        return mixer.mix(pass, row, copy);
    }

    /** The likeliest next tokens of a row, for {@code position}: without a copy, the first is what {@link #choose} gives. */
    public Candidates candidates(CopyMixer.Row row, SamplingOptions options, int position, int count) {
        return row.candidates(sampler, options, position, count);
    }

    private static void sleepUntil(long deadline) {
        long left = deadline - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = deadline - System.nanoTime();
        }
    }
}
