"""Checkpoints as others write them: the model hub's folder by transformers, a GGUF file as by llama.cpp's converter."""

import json

import gguf
import numpy
import torch
from safetensors.torch import save_file
from transformers import LlamaConfig

NAMES = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
LAYER_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
CONTROL = 3
NORMAL = 1


def vocabulary(size):
    """Single printable characters and two control tokens: just enough for a tokenizer."""
    return [chr(ord("0") + i) for i in range(size - 2)] + ["<|start|>", "<|end|>"]


def compact(value):
    """JSON with a line for each entry of the outer lists."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("],[", "],\n[").replace('},{"name"', '},\n{"name"').replace('"cases"', '\n"cases"') + "\n"


def write_tokenizer(folder, size):
    tokens = vocabulary(size)
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    added = [
        dict(id=i, content=tokens[i], special=True, single_word=False, lstrip=False, rstrip=False, normalized=False)
        for i in (size - 2, size - 1)
    ]
    tokenizer = {
        "version": "1.0",
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": level,
        "decoder": level,
        "model": {"type": "BPE", "vocab": {token: i for i, token in enumerate(tokens)}, "merges": []},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False) + "\n")


def write_folder(folder, model, weights, with_weights):
    """config.json in transformers' present spelling, and in the one that it had up to version 4."""
    folder.mkdir()
    model.config.architectures = ["LlamaForCausalLM"]
    model.config.to_json_file(folder / "config.json", use_diff=True)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = rope if rope["rope_type"] != "default" else None
    config["torch_dtype"] = config.pop("dtype")
    if config["head_dim"] * config["num_attention_heads"] == config["hidden_size"]:
        del config["head_dim"]
    (folder / "config-v4.json").write_text(json.dumps(config, indent=1) + "\n")
    read = LlamaConfig.from_json_file(folder / "config-v4.json")
    assert (read.rope_parameters, read.head_dim) == (model.config.rope_parameters, model.config.head_dim)
    if with_weights:
        kept = {n: w.contiguous() for n, w in weights.items() if not (n == "lm_head.weight" and tied(model))}
        save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


def tied(model):
    return model.config.tie_word_embeddings


def interleave(weight, heads):
    """llama.cpp turns neighbouring rows together, the hub's rows are half a head apart (convert_hf_to_gguf.py: permute)."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


def frequency_factors(config):
    """What llama.cpp's converter writes as rope_freqs.weight for Llama 3 (convert_hf_to_gguf.py)."""
    rope = config.rope_parameters
    dim = config.head_dim
    plain = 1.0 / (rope["rope_theta"] ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim))
    original, low, high = rope["original_max_position_embeddings"], rope["low_freq_factor"], rope["high_freq_factor"]
    factors = []
    for frequency in plain:
        wavelength = 2 * torch.pi / frequency
        if wavelength < original / high:
            factors.append(1.0)
        elif wavelength > original / low:
            factors.append(rope["factor"])
        else:
            smooth = (original / wavelength - low) / (high - low)
            factors.append(float(1 / ((1 - smooth) / rope["factor"] + smooth)))
    return numpy.array(factors, dtype=numpy.float32)


def gguf_name(name):
    if not name.startswith("model.layers."):
        return NAMES[name]
    layer, part = name.removeprefix("model.layers.").split(".", 1)
    return f"blk.{layer}.{LAYER_NAMES[part.removesuffix('.weight')]}.weight"


def write_gguf(path, model, weights, size):
    config = model.config
    out = gguf.GGUFWriter(path, "llama")
    out.add_context_length(config.max_position_embeddings)
    out.add_embedding_length(config.hidden_size)
    out.add_block_count(config.num_hidden_layers)
    out.add_feed_forward_length(config.intermediate_size)
    out.add_head_count(config.num_attention_heads)
    out.add_head_count_kv(config.num_key_value_heads)
    out.add_key_length(config.head_dim)
    out.add_value_length(config.head_dim)
    out.add_layer_norm_rms_eps(config.rms_norm_eps)
    out.add_rope_dimension_count(config.head_dim)
    out.add_rope_freq_base(config.rope_parameters["rope_theta"])
    out.add_vocab_size(size)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("default")
    out.add_token_list(vocabulary(size))
    out.add_token_types([NORMAL] * (size - 2) + [CONTROL] * 2)
    out.add_eos_token_id(size - 1)
    if config.rope_parameters["rope_type"] == "llama3":
        out.add_tensor("rope_freqs.weight", frequency_factors(config))
    for name, weight in weights.items():
        if name == "lm_head.weight" and tied(model):
            continue
        values = weight.numpy()
        if "q_proj" in name:
            values = interleave(values, config.num_attention_heads)
        if "k_proj" in name:
            values = interleave(values, config.num_key_value_heads)
        # As the converter does: vectors in single precision.
        out.add_tensor(gguf_name(name), values.astype(numpy.float32) if values.ndim == 1 else values)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
