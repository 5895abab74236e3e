"""Writes a draft as an ordinary checkpoint folder, and reads it back."""

import json
import os
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .llama import Llama, LlamaConfig
from .shards import write_json

TOKENIZER_FROM = "smollm2-135m-instruct"
SHAPE_KEYS = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "rope_theta",
    "rms_norm_eps",
    "max_position_embeddings",
)


def config_json(config: LlamaConfig, end_id: int, start_id: int) -> dict:
    """The usual ``config.json``; the tokenizer is named, not copied."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        **{key: getattr(config, key) for key in SHAPE_KEYS},
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "attention_dropout": 0.0,
        "rope_scaling": None,
        "tie_word_embeddings": True,
        "bos_token_id": start_id,
        "eos_token_id": end_id,
        "torch_dtype": "float16",
        "use_cache": True,
        "wanspec": {"tokenizer_from": TOKENIZER_FROM},
    }


def export(draft: Llama, tokenizer, folder: Path):
    """Writes ``model.safetensors`` (fp16) and ``config.json``, each atomically."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.detach().cpu().half().contiguous() for name, value in draft.state_dict().items()}
    partial = folder / "model.safetensors.partial"
    save_file(state, partial, metadata={"format": "pt"})
    partial.chmod(0o644)
    os.replace(partial, folder / "model.safetensors")
    start, end = tokenizer.token_to_id("<|im_start|>"), tokenizer.token_to_id("<|im_end|>")
    write_json(folder / "config.json", config_json(draft.config, end, start))


def load_exported(folder: Path) -> Llama:
    """The exported draft in fp32, from its files alone."""
    config = json.loads((folder / "config.json").read_text())
    draft = Llama(LlamaConfig(**{key: config[key] for key in SHAPE_KEYS}))
    state = load_file(folder / "model.safetensors")
    draft.load_state_dict({name: value.to(torch.float32) for name, value in state.items()})
    return draft.eval()
