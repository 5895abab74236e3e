"""Writes the golden figures of gpu-endpoints: tiny random Llamas, and what Hugging Face transformers makes of them.

    python golden.py            # writes ../../gpu-endpoints/src/test/resources/golden-llama anew
    python golden.py --check    # writes nothing; fails if transformers' figures are not those that are kept
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

import files
import templates

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent.parent / "gpu-endpoints/src/test/resources/golden-llama"

SEED = 13
VOCABULARY = 64
# The model's context is longer than the one that it pretends to have been trained on.
ORIGINAL_CONTEXT = 64
CONTEXT = 256
PROMPT_TOKENS = 144
GREEDY_TOKENS = 24
# At the first positions, around the end of the original context, and far beyond it.
POSITIONS = [0, 1, 31, 63, 64, 65, 95, 143]

COMMON = dict(
    vocab_size=VOCABULARY,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    max_position_embeddings=CONTEXT,
    bos_token_id=62,
    eos_token_id=63,
    dtype="float16",
)
# Two bodies: heads wider than hidden / heads, in two groups, with a head of its own; and one head for all, tied.
BODIES = {
    "untied": dict(num_key_value_heads=2, head_dim=16, rms_norm_eps=1e-5, tie_word_embeddings=False),
    "tied": dict(num_key_value_heads=1, rms_norm_eps=1e-6, tie_word_embeddings=True),
}
PLAIN = {"rope_type": "default", "rope_theta": 10_000.0}
LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 10_000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": ORIGINAL_CONTEXT,
}
ROTARIES = {"plain": PLAIN, "llama3": LLAMA3}
# Figures of a case must differ at least so much from those of the same weights without the scaling; the tests allow 2e-4.
TELLS_APART = 0.3
# A greedy token must be ahead of the next by so much.
GREEDY_MARGIN = 0.02
# Heads of Llama 3.1 8B and 3.2 1B.
REAL_HEADS = {"llama-3.1-8b": (4096, 32, 128, 8.0), "llama-3.2-1b": (2048, 32, 64, 32.0)}


def random_weights(body):
    """Weights that are exact in half precision: whatever is stored is what transformers computes with."""
    torch.manual_seed(SEED)
    model = LlamaForCausalLM(LlamaConfig(**COMMON, **BODIES[body], rope_parameters=PLAIN))
    for name, weight in model.named_parameters():
        if "norm" in name:
            weight.data = 1 + 0.2 * torch.randn(weight.shape)
        elif "embed" in name:
            weight.data = torch.randn(weight.shape)
        else:
            # Sharp attention, so that it matters where a token stands.
            gain = 3.0 if "q_proj" in name or "k_proj" in name else 1.2
            weight.data = gain * torch.randn(weight.shape) / weight.shape[1] ** 0.5
    return {name: weight.half() for name, weight in model.state_dict().items()}


def model_of(weights, body, rotary):
    config = LlamaConfig(**COMMON, **BODIES[body], rope_parameters=dict(ROTARIES[rotary]))
    model = LlamaForCausalLM(config).eval()
    model.load_state_dict({name: weight.float() for name, weight in weights.items()})
    return model.float()


def figures(model, prompt):
    with torch.no_grad():
        logits = model(torch.tensor([prompt])).logits[0]
        tokens = list(prompt)
        margin = float("inf")
        for _ in range(GREEDY_TOKENS):
            best = model(torch.tensor([tokens])).logits[0, -1].topk(2)
            margin = min(margin, float(best.values[0] - best.values[1]))
            tokens.append(int(best.indices[0]))
    assert margin > GREEDY_MARGIN, f"a greedy choice is too close ({margin}); use another seed"
    return logits, tokens[len(prompt):]


def write(folder):
    prompt = torch.randint(0, VOCABULARY - 2, (PROMPT_TOKENS,), generator=torch.Generator().manual_seed(SEED)).tolist()
    cases = []
    files.write_tokenizer(folder, VOCABULARY)
    templates.write(folder)
    for body in BODIES:
        weights = random_weights(body)
        plain = None
        for rotary in ROTARIES:
            model = model_of(weights, body, rotary)
            logits, greedy = figures(model, prompt)
            if plain is None:
                plain = logits
            else:
                away = (logits - plain).abs().amax(1)
                print(f"{body}: the scaling changes logits by up to {away.max():.2f}")
                assert min(away[p] for p in POSITIONS if p >= ORIGINAL_CONTEXT) > TELLS_APART
            cases.append(
                {
                    "name": f"{body}-{rotary}",
                    "logits": [[round(value, 6) for value in logits[p].tolist()] for p in POSITIONS],
                    "greedy": greedy,
                }
            )
            files.write_folder(folder / f"{body}-{rotary}", model, weights, rotary == "plain")
            files.write_gguf(folder / f"{body}-{rotary}.gguf", model, weights, VOCABULARY)
        shutil.move(folder / f"{body}-plain" / "model.safetensors", folder / f"{body}.safetensors")
    real = {name: frequencies(*shape) for name, shape in REAL_HEADS.items()}
    golden = {"prompt": prompt, "positions": POSITIONS, "cases": cases, "frequencies": real}
    (folder / "golden.json").write_text(files.compact(golden))


def frequencies(hidden, heads, head_dim, factor):
    """Radians for each position of each pair of a head, as transformers computes them for a real model's configuration."""
    rope = dict(LLAMA3, rope_theta=500_000.0, factor=factor, original_max_position_embeddings=8192)
    config = LlamaConfig(hidden_size=hidden, num_attention_heads=heads, head_dim=head_dim, num_hidden_layers=1,
                         intermediate_size=8, vocab_size=8, max_position_embeddings=131_072, rope_parameters=rope)
    rotary = LlamaForCausalLM(config).model.rotary_emb
    return {"head_dim": head_dim, "factor": factor, "values": [float(value) for value in rotary.inv_freq]}


def same(kept, fresh):
    """Other processors and versions round otherwise; the tokens and the first digits stay."""
    assert (kept["prompt"], kept["positions"]) == (fresh["prompt"], fresh["positions"])
    for old, new in zip(kept["cases"], fresh["cases"], strict=True):
        assert old["name"] == new["name"]
        assert old["greedy"] == new["greedy"], old["name"]
        away = (torch.tensor(old["logits"]) - torch.tensor(new["logits"])).abs().max()
        assert away < 1e-3, f"{old['name']}: {away}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="compare with what is kept, write nothing")
    check = arguments.parse_args().check
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        if check:
            same(*(json.loads((at / "golden.json").read_text()) for at in (GOLDEN, Path(folder))))
            for name in ("templates.json", "padded.json"):
                assert (GOLDEN / name).read_text() == (Path(folder) / name).read_text(), name
            print("the figures are those that are kept")
        else:
            shutil.rmtree(GOLDEN, ignore_errors=True)
            shutil.copytree(folder, GOLDEN)
            print(f"written: {GOLDEN}")


if __name__ == "__main__":
    main()
