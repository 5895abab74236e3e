package io.wanspec.endpoints.model.program;

import io.wanspec.endpoints.model.weights.LlamaConfig;
import io.wanspec.endpoints.model.weights.RotaryScaling;

/**
 * What the rotary positions (RoPE) multiply queries and keys with, {@code [positions, headDim]}, row-major. Position p turns the
 * pair (i, i + headDim / 2) of each head by p times the pair's frequency.
 *
 * @param sines with the sign that the program's rolled halves need
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record RotaryTables(float[] cosines, float[] sines) {
    static RotaryTables of(LlamaConfig config, RotaryScaling scaling) {
        int step = LlamaProgram.CAPACITY_STEP;
        int positions = Math.ceilDiv(config.contextTokens(), step) * step;
        int width = config.headDim();
        int half = width / 2;
        float[] cosines = new float[positions * width];
        float[] sines = new float[positions * width];
        for (int i = 0; i < half; i++) {
            double frequency = scaling.frequency(Math.pow(config.ropeTheta(), -2.0 * i / width), i);
            for (int position = 0; position < positions; position++) {
                double angle = position * frequency;
                int at = position * width + i;
                cosines[at] = (float) Math.cos(angle);
                cosines[at + half] = cosines[at];
                sines[at] = (float) -Math.sin(angle);
                sines[at + half] = (float) Math.sin(angle);
            }
        }
        return new RotaryTables(cosines, sines);
    }
}
