package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.wanspec.endpoints.model.weights.Checkpoint;
import io.wanspec.endpoints.model.weights.LlamaConfig;
import java.util.ArrayList;
import java.util.List;

/** Puts a checkpoint's weights into the order and the form that the program's {@code forward} expects. */
final class WeightPacker {
    private final PtSymbolBlock block;
    private final PtNDManager manager;
    private final Checkpoint checkpoint;
    private final LlamaConfig config;

    WeightPacker(PtSymbolBlock block, PtNDManager manager, Checkpoint checkpoint) {
        this.block = block;
        this.manager = manager;
        this.checkpoint = checkpoint;
        config = checkpoint.config();
    }

    /** The matrices of all products: qkv, output, gate and up, down of each layer, then the head. */
    IValue products() {
        IValue list = IValueUtils.runMethod(block, "none");
        for (int layer = 0; layer < config.layers(); layer++) {
            packAttention(list, "model.layers." + layer + ".self_attn.");
            packFeedForward(list, "model.layers." + layer + ".mlp.");
        }
        String head = checkpoint.has("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
        pack(list, config.hidden(), checkpoint.read(head, config.proposed(), config.hidden()));
        return list;
    }

    private void packAttention(IValue list, String name) {
        int hidden = config.hidden();
        int attention = config.heads() * config.headDim();
        int keys = config.kvHeads() * config.headDim();
        float[] queryKeyValue = join(
                checkpoint.read(name + "q_proj.weight", attention, hidden),
                checkpoint.read(name + "k_proj.weight", keys, hidden),
                checkpoint.read(name + "v_proj.weight", keys, hidden));
        pack(list, hidden, queryKeyValue, keys);
        pack(list, attention, checkpoint.read(name + "o_proj.weight", hidden, attention));
    }

    private void packFeedForward(IValue list, String name) {
        int hidden = config.hidden();
        int inner = config.intermediate();
        float[] gateUp = join(
                checkpoint.read(name + "gate_proj.weight", inner, hidden),
                checkpoint.read(name + "up_proj.weight", inner, hidden));
        pack(list, hidden, gateUp);
        pack(list, inner, checkpoint.read(name + "down_proj.weight", hidden, inner));
    }

    private void pack(IValue list, int columns, float[] weight) {
        pack(list, columns, weight, 0);
    }

    /** @param fine how many of the last rows deserve more bits, where the precision can give them */
    private void pack(IValue list, int columns, float[] weight, int fine) {
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue value = IValue.from(Tensors.borrowed(scope, weight, weight.length / columns, columns));
                IValue rows = IValue.from((long) fine);
                IValue same = IValueUtils.runMethod(block, "pack", list, value, rows)) {
            assert same.isList();
        }
    }

    /** Attention's and feed-forward's norm of each layer, then the last. */
    IValue norms() {
        List<PtNDArray> norms = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            norms.add(norm("model.layers." + layer + ".input_layernorm.weight"));
            norms.add(norm("model.layers." + layer + ".post_attention_layernorm.weight"));
        }
        norms.add(norm("model.norm.weight"));
        return IValue.listFrom(norms.toArray(PtNDArray[]::new));
    }

    private PtNDArray norm(String name) {
        return Tensors.of(manager, checkpoint.read(name, config.hidden()));
    }

    private static float[] join(float[]... parts) {
        int size = 0;
        for (float[] part : parts) {
            size += part.length;
        }
        float[] all = new float[size];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
