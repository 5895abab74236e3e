package io.wanspec.local.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model as a server is to serve it.
 *
 * @param files a file, or a folder with the model's files
 * @param name in replies
 * @param tokenizerFrom another model whose tokenizer it uses, if it has none of its own
 */
public record ServedModel(Path files, String name, Optional<Path> tokenizerFrom) {
    /** A model with a tokenizer of its own. */
    public static ServedModel whole(Path files, String name) {
        return new ServedModel(files, name, Optional.empty());
    }

    /** A draft, which may come without a tokenizer: it speaks its target's vocabulary anyway. */
    public static ServedModel draft(Path files, String name, Path target) {
        boolean lacksTokenizer = Files.isDirectory(files) && !Files.exists(files.resolve("tokenizer.json"));
        return new ServedModel(files, name, lacksTokenizer ? Optional.of(target) : Optional.empty());
    }

    public List<String> serverOptions() {
        List<String> options = new ArrayList<>(List.of("--model", files.toString(), "--name", name));
        tokenizerFrom.ifPresent(other -> options.addAll(List.of("--tokenizer-from", other.toString())));
        return List.copyOf(options);
    }

    /** For a program that runs {@code target} and this, its draft. */
    public List<String> pairOptions(Path target) {
        List<String> options = new ArrayList<>(List.of("--target", target.toString(), "--draft", files.toString()));
        tokenizerFrom.ifPresent(other -> options.addAll(List.of("--tokenizer-from", other.toString())));
        return List.copyOf(options);
    }
}
