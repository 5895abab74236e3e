package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.text.FolderTokenizer;
import io.wanspec.endpoints.model.text.GgufTokenizer;
import io.wanspec.endpoints.model.text.HubTextCodec;
import io.wanspec.endpoints.model.text.TokenizerFiles;
import io.wanspec.endpoints.model.weights.Checkpoint;
import io.wanspec.endpoints.model.weights.GgufCheckpoint;
import io.wanspec.endpoints.model.weights.RotaryScaling;
import io.wanspec.endpoints.model.weights.SafetensorsCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Loads a model from a GGUF file, or from a folder as on the model hub (or one that holds a single GGUF file). */
public final class ModelLoader {
    private ModelLoader() {}

    /**
     * @param name to be known by
     * @param model a {@code .gguf} file or a folder
     * @param tokenizerFrom where tokenizer and template come from, if not from {@code model} itself: a draft has its
     *     target's
     * @throws ModelLoadException in one sentence, if it cannot be loaded
     */
    public static LanguageModel load(String name, Path model, @Nullable Path tokenizerFrom, EngineSettings settings) {
        Path source = locate(model);
        TokenizerFiles files = tokenizer(tokenizerFrom == null ? besides(source) : locate(tokenizerFrom));
        try (Checkpoint checkpoint = checkpoint(source)) {
            int vocabulary = checkpoint.config().vocabulary();
            if (files.vocabulary().tokens().size() != vocabulary) {
                throw new ModelLoadException(
                        "the tokenizer has " + files.vocabulary().tokens().size() + " tokens, the weights have "
                                + vocabulary + "; they do not belong together");
            }
            ModelIdentity identity = new ModelIdentity(
                    name,
                    files.vocabulary().sha256(),
                    computation(source, checkpoint, settings),
                    vocabulary,
                    checkpoint.config().contextTokens());
            LlamaProgram program = new LlamaProgram(checkpoint, settings);
            HubTextCodec text = files.codec();
            return new TorchModel(identity, program, text, checkpoint.copies());
        }
    }

    /** The weights and everything else that decides about a logit's bits, as one digest. */
    private static String computation(Path source, Checkpoint checkpoint, EngineSettings settings) {
        String file = sha256(Files.isDirectory(source) ? source.resolve("model.safetensors") : source);
        RotaryScaling scaling = checkpoint.scaling();
        String config = checkpoint.config()
                + (scaling.equals(RotaryScaling.NONE) ? "" : "|" + scaling)
                + (checkpoint.copies().isNone() ? "" : "|" + checkpoint.copies());
        return sha256(new ByteArrayInputStream(String.join("|", file, config, LlamaProgram.arithmetic(settings))
                .getBytes(StandardCharsets.UTF_8)));
    }

    /** Packaged with a draft ({@code tools/package-model}): its target's file up to the weights. */
    private static Path besides(Path source) {
        Path packaged = source.resolve("tokenizer.gguf");
        return Files.exists(packaged) && !Files.exists(source.resolve("tokenizer.json")) ? packaged : source;
    }

    private static TokenizerFiles tokenizer(Path source) {
        if (Files.isDirectory(source)) {
            return FolderTokenizer.read(source);
        }
        try (GgufCheckpoint file = new GgufCheckpoint(source)) {
            return GgufTokenizer.read(file);
        }
    }

    private static Checkpoint checkpoint(Path source) {
        return Files.isDirectory(source) ? new SafetensorsCheckpoint(source) : new GgufCheckpoint(source);
    }

    /** The GGUF file or the hub folder that {@code path} means. */
    private static Path locate(Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw new ModelLoadException("there is no model at " + path);
        }
        if (Files.exists(path.resolve("config.json"))) {
            return path;
        }
        try (var files = Files.list(path)) {
            var found = files.filter(file -> file.toString().endsWith(".gguf")).toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
        } catch (IOException e) {
            throw new ModelLoadException("cannot read " + path + ": " + e.getMessage(), e);
        }
        throw new ModelLoadException("the folder " + path + " holds neither config.json nor exactly one .gguf file");
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in);
        } catch (IOException e) {
            throw new ModelLoadException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String sha256(InputStream in) {
        try {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new ModelLoadException("the weights cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
