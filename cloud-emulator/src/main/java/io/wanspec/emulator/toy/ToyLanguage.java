package io.wanspec.emulator.toy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenTrie;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.contracts.sampling.RuledText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A language of numbered words in which the next word is a digest of all before it, the seed included. A text ends by itself
 * only if its prompt has {@link #MAY_END}: any other goes on to its limit, whatever its seed, so that what is done to it
 * meanwhile never depends on chance. With a grammar each word is a letter instead, of ASCII's, so that a text can be on it.
 */
public final class ToyLanguage {
    public static final int END = 0;
    public static final int CONTEXT = 4_096;
    public static final String MAY_END = "\u00DF";
    private static final int WORDS = 97;
    private static final float NEVER = -1e9f;
    private static final int FIRST_LETTER = ' ';
    private static final int LAST_WORD = WORDS - 1;

    /** Texts are made on many threads. */
    private static final Grammars GRAMMARS = new Grammars(TokenTrie.of(WORDS, ToyLanguage::letterBytes));

    private static final int MAY_END_WORD = word(MAY_END.codePointAt(0));

    private ToyLanguage() {}

    public static ModelIdentity identity(String name, char tokenizer) {
        return new ModelIdentity(name, String.valueOf(tokenizer).repeat(64), "b".repeat(64), WORDS, CONTEXT);
    }

    /** What the target says next. */
    public static int next(Tokens prefix, SamplingOptions sampling) {
        if (sampling.rules() != null) {
            return ruled(prefix, sampling, sampling.rules());
        }
        long noise = sampling.isGreedy() ? 0 : sampling.seed() * 0x9E3779B97F4A7C15L;
        long mixed = Branch.of(prefix).then((int) (noise & 0x7FFFFFFF)).digest();
        int word = (int) Long.remainderUnsigned(mixed, WORDS);
        boolean unwanted = word == END ? !mayEnd(prefix) : word == MAY_END_WORD;
        return unwanted ? 1 : word;
    }

    private static boolean mayEnd(Tokens prefix) {
        return prefix.size() % 3 == 0 && prefix.contains(MAY_END_WORD);
    }

    /** With rules every word has a logit, as in a model; where a text may end, it may do so anywhere. */
    private static int ruled(Tokens prefix, SamplingOptions sampling, SamplingRules rules) {
        float[] row = logits(prefix);
        synchronized (GRAMMARS) {
            RuledText text = new RuledText(rules, GRAMMARS);
            text.append(prefix);
            text.apply(row, WORDS, Proposals.all(), new int[] {END});
        }
        return new CoupledSampler().sample(row, 0, WORDS, sampling, prefix.size());
    }

    /** What rules apply to. */
    private static float[] logits(Tokens prefix) {
        float[] row = new float[WORDS];
        long before = Branch.of(prefix).digest();
        for (int word = 0; word < WORDS; word++) {
            row[word] = Long.remainderUnsigned(Branch.then(before, word), 1_000) / 200f;
        }
        row[MAY_END_WORD] = NEVER;
        row[END] = prefix.contains(MAY_END_WORD) ? row[END] : NEVER;
        return row;
    }

    /** How much of a prefix a toy target says that it had in its cache: the first half. */
    public static int cached(Tokens prefix) {
        return prefix.size() / 2;
    }

    /** Whether {@code token} ends a text. */
    public static boolean ends(int token, SamplingOptions sampling) {
        SamplingRules rules = sampling.rules();
        return rules == null ? token == END : rules.stopsAt(token) || (token == END && !rules.ignoresEnd());
    }

    /** What {@code token} shows. */
    static String piece(int token, SamplingOptions sampling) {
        SamplingRules rules = sampling.rules();
        if (rules != null && rules.stopsAt(token) && !rules.showsStop()) {
            return "";
        }
        return rules != null && rules.grammar() != null ? letter(token) : piece(token);
    }

    /** What a word is with a grammar: the letters from the blank on, and a line's end. */
    private static String letter(int word) {
        if (word == END) {
            return "";
        }
        return word == LAST_WORD ? "\n" : Character.toString(FIRST_LETTER + word - 1);
    }

    private static byte[] letterBytes(int word) {
        return letter(word).getBytes(StandardCharsets.US_ASCII);
    }

    /** What a draft says next: right four times in five. */
    public static int drafted(Tokens prefix, SamplingOptions sampling) {
        int right = next(prefix, sampling);
        return Long.remainderUnsigned(Branch.of(prefix).then(7).digest(), 5) == 0 ? (right + 1) % WORDS : right;
    }

    /** What a draft thinks of second: right wherever what it says first is wrong. */
    public static int alternative(Tokens prefix, SamplingOptions sampling) {
        int right = next(prefix, sampling);
        return drafted(prefix, sampling) == right ? (right + 2) % WORDS : right;
    }

    /** How likely words are by what rules apply to, the word chosen first. */
    public static TokenLogprobs logprobs(Tokens prefix, int chosen, int count, SamplingOptions sampling) {
        float[] row = logits(prefix);
        double sum = 0;
        for (float logit : row) {
            sum += Math.exp(logit);
        }
        double normaliser = Math.log(sum);
        List<Integer> words = new ArrayList<>(List.of(chosen));
        IntStream.range(0, WORDS)
                .boxed()
                .sorted(Comparator.comparingDouble(word -> -row[word]))
                .limit(count)
                .forEach(words::add);
        return new TokenLogprobs(
                Tokens.of(words.stream().mapToInt(Integer::intValue).toArray()),
                words.stream().map(word -> (float) (row[word] - normaliser)).toList(),
                words.stream()
                        .map(word -> word == END ? "<end>" : piece(word, sampling))
                        .toList());
    }

    static Reply.Scored score(Invocation.Score request) {
        Tokens prompt = request.prompt();
        List<TokenLogprobs> told = new ArrayList<>();
        Integer count = request.logprobs();
        for (int i = 1; count != null && i < prompt.size(); i++) {
            told.add(logprobs(prompt.slice(0, i), prompt.get(i), count, SamplingOptions.greedy()));
        }
        return new Reply.Scored(
                Arrays.stream(prompt.toArray()).mapToObj(ToyLanguage::piece).toList(),
                count == null ? null : new Logprobs(told));
    }

    public static String piece(int token) {
        return token == END ? "" : " w" + token;
    }

    public static Tokens tokenize(Invocation.Tokenize request) {
        List<ChatMessage> messages = request.messages();
        String text = messages == null
                ? Objects.requireNonNull(request.text())
                : messages.stream().map(m -> m.role() + ":" + m.content()).collect(Collectors.joining("\n"));
        return Tokens.of(text.codePoints().map(ToyLanguage::word).toArray());
    }

    private static int word(int codePoint) {
        return 1 + codePoint % (WORDS - 1);
    }
}
