package io.wanspec.endpoints.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code tokenizer.json}, {@code tokenizer_config.json} and {@code config.json} of a model hub's folder. */
public final class FolderTokenizer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VOCABULARY_MAX = 2_000_000;

    private FolderTokenizer() {}

    public static TokenizerFiles read(Path folder) {
        JsonNode tokenizer = json(folder.resolve("tokenizer.json"), true);
        JsonNode settings = json(folder.resolve("tokenizer_config.json"), false);
        JsonNode config = json(folder.resolve("config.json"), false);
        ByteLevelForm.check(tokenizer);
        Set<Integer> special = new HashSet<>();
        List<String> tokens = tokens(tokenizer, special);
        Set<Integer> ends = ends(config.path("eos_token_id"));
        special.stream().filter(id -> Vocabulary.isUsualEnd(tokens.get(id))).forEach(ends::add);
        String bosName = name(settings.path("bos_token"));
        Vocabulary vocabulary = new Vocabulary(tokens, special, ends);
        String template = settings.path("chat_template").isTextual()
                ? settings.path("chat_template").asText()
                : "";
        return new TokenizerFiles(
                vocabulary,
                withoutControls(tokenizer),
                template,
                bosName,
                name(settings.path("eos_token")),
                beginsWithBos(settings, tokenizer, bosName));
    }

    /** A token's name stands as it is or in an object. */
    private static String name(JsonNode token) {
        return token.isObject() ? token.path("content").asText() : token.asText("");
    }

    /** Older tokenizers say so in a field; newer ones, as Llama 3's, only in what they add behind encoding. */
    private static boolean beginsWithBos(JsonNode settings, JsonNode tokenizer, String bosName) {
        if (settings.path("add_bos_token").isBoolean()) {
            return settings.path("add_bos_token").asBoolean();
        }
        JsonNode after = tokenizer.path("post_processor");
        boolean begins = addsFirst(after, bosName);
        for (JsonNode step : after.path("processors")) {
            begins |= addsFirst(step, bosName);
        }
        return begins;
    }

    private static boolean addsFirst(JsonNode step, String token) {
        JsonNode first = step.path("single").path(0).path("SpecialToken").path("id");
        return !token.isEmpty() && first.asText().equals(token);
    }

    private static List<String> tokens(JsonNode tokenizer, Set<Integer> special) {
        List<String> tokens = new ArrayList<>();
        tokenizer
                .path("model")
                .path("vocab")
                .properties()
                .forEach(e -> put(tokens, e.getValue().asInt(-1), e.getKey()));
        for (JsonNode added : tokenizer.path("added_tokens")) {
            int id = added.path("id").asInt(-1);
            put(tokens, id, added.path("content").asText());
            if (added.path("special").asBoolean()) {
                special.add(id);
            }
        }
        return tokens;
    }

    private static void put(List<String> tokens, int id, String token) {
        if (id < 0 || id >= VOCABULARY_MAX) {
            throw TokenizerFiles.unsupported("token id " + id);
        }
        if (id >= tokens.size()) {
            tokens.addAll(Collections.nCopies(id + 1 - tokens.size(), ""));
        }
        tokens.set(id, token);
    }

    private static Set<Integer> ends(JsonNode eos) {
        Set<Integer> ends = new HashSet<>();
        if (eos.isInt()) {
            ends.add(eos.asInt());
        }
        eos.forEach(id -> ends.add(id.asInt()));
        return ends;
    }

    private static String withoutControls(JsonNode tokenizer) {
        ObjectNode plain = tokenizer.deepCopy();
        plain.putArray("added_tokens");
        plain.putNull("post_processor");
        plain.putNull("truncation");
        plain.putNull("padding");
        return plain.toString();
    }

    private static JsonNode json(Path file, boolean required) {
        if (!required && !Files.exists(file)) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new ModelLoadException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
