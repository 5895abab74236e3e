package io.wanspec.endpoints.model;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/**
 * How a model is run.
 *
 * @param precision of the weights and products
 * @param gpu on the first CUDA device instead of the processor; all but fp32 are for the processor only
 * @param threads for one operation; 1 unless cores are to spare (more threads than free cores is slower than one)
 * @param cacheBytesMax bound on all key-value caches together
 */
public record EngineSettings(Precision precision, boolean gpu, int threads, long cacheBytesMax) {
    public static final long CACHE_BYTES_DEFAULT = 384L << 20;

    /** What a target is served in unless told otherwise, as options say it: nearly the text that its checkpoint means. */
    public static final String TARGET_PRECISION = "rotated";

    /** The same of a draft, which may be coarse: nobody reads what it guesses wrong. */
    public static final String DRAFT_PRECISION = "int8";

    /** Arithmetic of the matrix products. */
    public enum Precision {
        /** Weights quantised per output channel, activations per row; sums of integers. */
        INT8,
        /** The same of a model that is rotated first, with activations of 15 bits. */
        ROTATED,
        /** Weights in half precision; activations and sums in single, term after term. */
        FP16,
        /** Single precision, computed in fixed blocks of rows. */
        FP32;

        /** As options say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Precision of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** All precisions as options say them, for their help. */
    public static final class PrecisionWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Precision.values()).map(Precision::word).iterator();
        }
    }

    public EngineSettings {
        if (gpu && precision != Precision.FP32) {
            throw new ModelLoadException(precision.word() + " runs on the processor only; use precision fp32 on a GPU");
        }
        if (threads < 1 || threads > 256) {
            throw new ModelLoadException("threads must be between 1 and 256, was " + threads);
        }
        if (cacheBytesMax < 1 << 20) {
            throw new ModelLoadException("the cache needs at least 1 MiB, was " + cacheBytesMax + " bytes");
        }
    }

    /** As the local cloud serves a target: on one thread of the processor. */
    public static EngineSettings cpuTarget() {
        return cpu(Precision.of(TARGET_PRECISION));
    }

    /** As the local cloud serves a draft. */
    public static EngineSettings cpuDraft() {
        return cpu(Precision.of(DRAFT_PRECISION));
    }

    /** int8 on one thread of the processor. */
    public static EngineSettings cpuInt8() {
        return cpu(Precision.INT8);
    }

    /** On one thread of the processor. */
    public static EngineSettings cpu(Precision precision) {
        return new EngineSettings(precision, false, 1, CACHE_BYTES_DEFAULT);
    }
}
