"""Writes this project's draft as a GGUF file for llama.cpp, with the target's tokenizer.

    python draft_gguf.py DRAFT_FOLDER TARGET.gguf OUT.gguf
"""

import json
import sys

import gguf
import numpy

from draft import Draft

LAYER = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def interleaved(weight, heads):
    """llama.cpp turns neighbouring dimensions where Hugging Face turns the two halves."""
    return weight.reshape(heads, 2, -1, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


def whole_head(draft):
    """Tokens that cannot be proposed get the logit 0, which is far below a likely token's; a matrix alone cannot say less."""
    head = numpy.zeros((draft.vocabulary, draft.tensors["lm_head.weight"].shape[1]), numpy.float32)
    head[draft.proposed] = draft.tensors["lm_head.weight"]
    return head


def copy_tokenizer(writer, target):
    for field in gguf.GGUFReader(target).fields.values():
        if field.name.startswith("tokenizer."):
            kind = field.types[0]
            of = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), kind, sub_type=of)


def write(folder, target, out):
    with open(f"{folder}/config.json", encoding="utf-8") as file:
        config = json.load(file)
    draft = Draft(folder)
    heads, groups = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(groups)
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(draft.vocabulary)
    copy_tokenizer(writer, target)
    add(writer, "token_embd.weight", draft.tensors["model.embed_tokens.weight"])
    add(writer, "output_norm.weight", draft.tensors["model.norm.weight"])
    add(writer, "output.weight", whole_head(draft))
    for layer in range(config["num_hidden_layers"]):
        for theirs, ours in LAYER.items():
            weight = draft.tensors[f"model.layers.{layer}.{theirs}.weight"]
            if ours in ("attn_q", "attn_k"):
                weight = interleaved(weight, heads if ours == "attn_q" else groups)
            add(writer, f"blk.{layer}.{ours}.weight", weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add(writer, name, tensor):
    """Matrices as Q8_0, which the int8 of the draft nearly is; vectors as they are."""
    if tensor.ndim == 1:
        writer.add_tensor(name, numpy.ascontiguousarray(tensor))
    else:
        packed = gguf.quants.quantize(numpy.ascontiguousarray(tensor), gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(name, packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)


if __name__ == "__main__":
    write(*sys.argv[1:])
