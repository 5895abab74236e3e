"""Writes a draft as a checkpoint folder as on the model hub, and reads it back.

Matrices are bytes with one fp32 scale for each row (``NAME_scale``), as in checkpoints of type compressed-tensors: the
engine quantises them this way in any case. ``d2t`` and ``draft_vocab_size`` are as in EAGLE-3's drafts: column ``i`` of
the logits is token ``i + d2t[i]``. ``embedding_rows`` gives the embedding row of each token of the target.
"""

import json
import os
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .copies import LONGEST
from .draft import Draft
from .llama import LlamaConfig
from .shards import write_json
from .vocabulary import DraftVocabulary

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


def config_json(draft: Draft, end_id: int, start_id: int, tokenizer_from: str) -> dict:
    """The usual ``config.json``; the tokenizer is named, not copied."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        **{key: getattr(draft.config, key) for key in SHAPE_KEYS},
        "draft_vocab_size": len(draft.proposals),
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "attention_dropout": 0.0,
        "rope_scaling": None,
        "tie_word_embeddings": False,
        "bos_token_id": start_id,
        "eos_token_id": end_id,
        "torch_dtype": "int8",
        "use_cache": True,
        "wanspec": {"tokenizer_from": tokenizer_from, "embedded_tokens": len(draft.embedded), "copy": copy_json(draft)},
    }


def copy_json(draft: Draft) -> dict:
    """How much of the probability goes to the copied token, for 1, 2, ... tokens that agree."""
    shares = draft.copy_trust.detach().cpu().sigmoid()[1:].tolist()
    return {"temperature": draft.copy_temperature, "shares": [min(0.9999, round(share, 4)) for share in shares]}


def in_rows(weight: torch.Tensor) -> tuple:
    """A matrix as bytes, and the scale of each row, [rows, 1]."""
    scale = weight.abs().amax(1, keepdim=True).div(127).clamp_min(1e-12)
    return (weight / scale).round().clamp(-127, 127).to(torch.int8), scale


def tensors(draft: Draft) -> dict:
    """Everything that goes into the file."""
    state = {
        "d2t": draft.proposals.cpu() - torch.arange(len(draft.proposals)),
        "embedding_rows": draft.rows.cpu().int(),
    }
    for name, value in draft.state_dict().items():
        if name == "copy_trust":
            continue  # in config.json
        value = value.detach().cpu().float().contiguous()
        if value.dim() > 1:
            state[name], state[name + "_scale"] = in_rows(value)
        else:
            state[name] = value
    return state


def export(draft: Draft, target, folder: Path):
    """Writes ``model.safetensors`` and ``config.json``, each atomically."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "model.safetensors.partial"
    save_file(tensors(draft), partial, metadata={"format": "pt"})
    partial.chmod(0o644)
    os.replace(partial, folder / "model.safetensors")
    write_json(folder / "config.json", config_json(draft, target.end_id, target.start_id, target.name))


def load_exported(folder: Path) -> Draft:
    """The exported draft in fp32, from its files alone."""
    config = json.loads((folder / "config.json").read_text())
    state = load_file(folder / "model.safetensors")
    proposals = state.pop("d2t") + torch.arange(config["draft_vocab_size"])
    rows = state.pop("embedding_rows").long()
    embedded = torch.zeros(config["wanspec"]["embedded_tokens"], dtype=torch.long)  # only their number matters here
    shape = LlamaConfig(**{key: config[key] for key in SHAPE_KEYS}, tied=False)
    copy = config["wanspec"].get("copy", {"temperature": 1.0, "shares": [0.0] * LONGEST})
    draft = Draft(shape, DraftVocabulary(proposals, embedded, rows), copy["temperature"])
    shares = [0.0, *copy["shares"]]
    shares += shares[-1:] * (LONGEST + 1 - len(shares))
    state["copy_trust"] = torch.tensor(shares).clamp(1e-9, 1 - 1e-6).logit()
    scales = {name: state.pop(name + "_scale") for name in list(state) if name + "_scale" in state}
    draft.load_state_dict({name: value.float() * scales.get(name, 1) for name, value in state.items()})
    return draft.eval()
