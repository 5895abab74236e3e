package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.util.List;

/**
 * How a model that was trained on short texts was taught longer ones: the rotary positions (RoPE) of some pairs of a head turn
 * more slowly than their base says.
 */
public sealed interface RotaryScaling {
    /** Positions turn as the base says. */
    RotaryScaling NONE = new None();

    /**
     * Radians from one position to the next.
     *
     * @param plain what the base alone says
     * @param pair of the head's values, 0 to half its width less one
     */
    double frequency(double plain, int pair);

    /** No scaling. */
    record None() implements RotaryScaling {
        @Override
        public double frequency(double plain, int pair) {
            return plain;
        }
    }

    /**
     * Llama 3.1's: long waves are stretched by a factor, short ones stay, those between are blended. Source: {@code rope_type
     * llama3} of Hugging Face transformers.
     *
     * @param factor of the stretching, at least 1
     * @param lowFrequency waves that fit less often than this into the original context are stretched
     * @param highFrequency waves that fit more often than this stay; above {@code lowFrequency}
     * @param originalContext tokens of the context that the model was first trained on
     */
    record Llama3(double factor, double lowFrequency, double highFrequency, int originalContext)
            implements RotaryScaling {
        public Llama3 {
            if (!(factor >= 1) || !(lowFrequency > 0) || !(highFrequency > lowFrequency) || originalContext < 1) {
                throw new ModelLoadException(
                        "rotary scaling llama3 needs factor >= 1, 0 < low_freq_factor < high_freq_factor"
                                + " and original_max_position_embeddings >= 1, has " + factor + ", " + lowFrequency
                                + ", "
                                + highFrequency + " and " + originalContext);
            }
        }

        @Override
        public double frequency(double plain, int pair) {
            double wavesInContext = originalContext * plain / (2 * Math.PI);
            if (wavesInContext > highFrequency) {
                return plain;
            }
            if (wavesInContext < lowFrequency) {
                return plain / factor;
            }
            double kept = (wavesInContext - lowFrequency) / (highFrequency - lowFrequency);
            return (1 - kept) * plain / factor + kept * plain;
        }
    }

    /**
     * A divisor for each pair, as GGUF files store any scaling that they were converted with.
     *
     * @param divisors finite and above 0
     */
    record Divisors(List<Float> divisors) implements RotaryScaling {
        public Divisors {
            divisors = List.copyOf(divisors);
            for (float divisor : divisors) {
                if (!(divisor > 0) || Float.isInfinite(divisor)) {
                    throw new ModelLoadException("rotary scaling cannot divide a frequency by " + divisor);
                }
            }
        }

        @Override
        public double frequency(double plain, int pair) {
            return plain / divisors.get(pair);
        }
    }
}
