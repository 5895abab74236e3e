package io.wanspec.endpoints.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.TextCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Byte-level BPE by the Hugging Face tokenizers library, with the model's chat template. Thread-safe. */
public final class HubTextCodec implements TextCodec, AutoCloseable {
    private final TokenizerFiles files;
    private final HuggingFaceTokenizer tokenizer;
    private final ChatTemplate template;
    private final Map<String, Integer> controls;
    private final Pattern controlNames;
    private final LeastTokens least;

    HubTextCodec(TokenizerFiles files) {
        this.files = files;
        this.least = LeastTokens.of(files);
        this.template = new ChatTemplate(files.template());
        this.controls = files.vocabulary().controls();
        this.controlNames = Pattern.compile(
                controls.isEmpty()
                        ? "(?!)"
                        : controls.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        try {
            this.tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(files.json().getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new ModelLoadException("the tokenizer cannot be loaded: " + e.getMessage(), e);
        }
    }

    public Vocabulary vocabulary() {
        return files.vocabulary();
    }

    @Override
    public Tokens render(List<ChatMessage> messages) {
        return tokens(parts(messages));
    }

    /** Names of control tokens are those tokens, except in contents. */
    private Tokens tokens(List<ChatTemplate.Part> parts) {
        Tokens tokens = Tokens.none();
        StringBuilder text = new StringBuilder();
        for (ChatTemplate.Part part : parts) {
            int from = 0;
            if (!part.isContent()) {
                Matcher matcher = controlNames.matcher(part.text());
                while (matcher.find()) {
                    text.append(part.text(), from, matcher.start());
                    tokens = tokens.plus(plain(text)).plus(controls.getOrDefault(matcher.group(), 0));
                    from = matcher.end();
                }
            }
            text.append(part.text(), from, part.text().length());
        }
        return tokens.plus(plain(text));
    }

    @Override
    public Tokens encode(String text) {
        Tokens tokens = tokens(List.of(new ChatTemplate.Part(text, false)));
        return files.bos() >= 0 ? Tokens.of(files.bos()).plus(tokens) : tokens;
    }

    private List<ChatTemplate.Part> parts(List<ChatMessage> messages) {
        if (files.template().isEmpty()) {
            throw new IllegalArgumentException("the model has no chat template; use /v1/completions");
        }
        return template.render(messages, files.bosName(), files.eosName());
    }

    /** Of what users typed, as the template leaves it; its own words are short, and names of control tokens among them. */
    @Override
    public int renderedAtLeast(List<ChatMessage> messages) {
        return least.of(
                parts(messages).stream().filter(ChatTemplate.Part::isContent).map(ChatTemplate.Part::text));
    }

    @Override
    public int encodedAtLeast(String text) {
        return least.of(Stream.of(text));
    }

    @Override
    public byte[] bytes(int token) {
        Vocabulary vocabulary = files.vocabulary();
        if (token >= vocabulary.tokens().size()) {
            return new byte[0];
        }
        String name = vocabulary.tokens().get(token);
        return vocabulary.special().contains(token) ? name.getBytes(StandardCharsets.UTF_8) : ByteLevel.bytes(name);
    }

    @Override
    public byte[] text(int token) {
        return files.vocabulary().special().contains(token) ? new byte[0] : bytes(token);
    }

    @Override
    public Detokenizer detokenizer() {
        return new ByteLevelDetokenizer(files.vocabulary());
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Encodes and empties the buffer. */
    private Tokens plain(StringBuilder text) {
        if (text.isEmpty()) {
            return Tokens.none();
        }
        long[] ids = tokenizer.encode(text.toString(), false, false).getIds();
        text.setLength(0);
        int[] small = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            small[i] = Math.toIntExact(ids[i]);
        }
        return Tokens.of(small);
    }
}
