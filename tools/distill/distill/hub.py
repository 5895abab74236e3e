"""Reads a target in the form of the model hub: a folder with config.json, safetensors and tokenizer files."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from .llama import Llama, LlamaConfig
from .target_model import Target


def load_hub(folder: Path, dtype=torch.float32) -> Target:
    """Loads a Llama-family model; anything that this forward pass does not compute is refused."""
    config = _read(folder / "config.json")
    shape = _shape(config)
    model = Llama(shape)
    model.load_state_dict(_weights(folder, shape))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    settings = _read(folder / "tokenizer_config.json")
    ends = _end_ids(folder, config)
    start = config.get("bos_token_id")
    return Target(
        model.to(dtype).eval().requires_grad_(False),
        tokenizer,
        _template(folder, settings),
        frozenset(ends),
        ends[0] if start is None else start,
        ends[0],
        folder.resolve().name,
    )


def _read(path: Path) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}


def _shape(config: dict) -> LlamaConfig:
    unsupported = [
        key for key in ("rope_scaling", "attention_bias", "mlp_bias", "quantization_config") if config.get(key)
    ]
    if config.get("model_type") != "llama" or unsupported:
        raise ValueError(f"model type {config.get('model_type')!r} with {unsupported} is not supported: plain llama is")
    heads, hidden = config["num_attention_heads"], config["hidden_size"]
    return LlamaConfig(
        vocab_size=config["vocab_size"],
        hidden_size=hidden,
        intermediate_size=config["intermediate_size"],
        num_hidden_layers=config["num_hidden_layers"],
        num_attention_heads=heads,
        num_key_value_heads=config.get("num_key_value_heads", heads),
        head_dim=config.get("head_dim") or hidden // heads,
        rope_theta=config.get("rope_theta", 10_000.0),
        rms_norm_eps=config.get("rms_norm_eps", 1e-5),
        max_position_embeddings=config["max_position_embeddings"],
        tied=config.get("tie_word_embeddings", False),
    )


def _weights(folder: Path, shape: LlamaConfig) -> dict:
    """All shards together, without what older files also hold."""
    state = {}
    for path in sorted(folder.glob("*.safetensors")):
        state |= load_file(path)
    state = {name: value.float() for name, value in state.items() if "rotary_emb" not in name}
    if shape.tied:
        state.pop("lm_head.weight", None)
    return state


def _end_ids(folder: Path, config: dict) -> list:
    ends = _read(folder / "generation_config.json").get("eos_token_id", config.get("eos_token_id"))
    ends = ends if isinstance(ends, list) else [ends]
    if None in ends:
        raise ValueError(f"{folder} does not say which token ends a reply (eos_token_id)")
    return ends


def _template(folder: Path, settings: dict) -> str:
    """The chat template; its own file goes before the older place."""
    apart = folder / "chat_template.jinja"
    template = apart.read_text() if apart.exists() else settings.get("chat_template")
    if not isinstance(template, str):
        raise ValueError(f"{folder} has no chat template")
    return template
