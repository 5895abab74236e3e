"""What the target wrote, on disk: numbered shards that make generation resumable."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch


@dataclass(frozen=True)
class Sample:
    """One conversation finished by the target.

    ``ids`` is prompt + reply. Reply token ``j`` (= ``ids[prompt_length + j]``) was chosen from a distribution whose
    highest logits are ``top_values[j]`` (fp16) at ``top_ids[j]`` (int32), with log-sum-exp ``total[j]`` over the
    whole vocabulary; the target's argmax is ``top_ids[j, 0]``.
    """

    row: int
    temperature: float
    seed: int
    prompt_length: int
    ids: np.ndarray
    top_ids: np.ndarray
    top_values: np.ndarray
    total: np.ndarray


def save_shard(folder: Path, number: int, samples: list):
    """Writes atomically: a shard is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"shard-{number:04d}.pt"
    partial = path.with_suffix(".partial")
    torch.save([vars(s) for s in samples], partial)
    os.replace(partial, path)


def load_shards(folder: Path) -> list:
    """All samples in order of shard."""
    samples = []
    for path in sorted(Path(folder).rglob("shard-*.pt")):
        samples += [Sample(**fields) for fields in torch.load(path, weights_only=False)]
    return samples


def rows_saved(folder: Path) -> set:
    """The rows of all samples, one shard in memory at a time."""
    return {fields["row"] for path in Path(folder).rglob("shard-*.pt") for fields in torch.load(path, weights_only=False)}


def count_shards(folder: Path) -> int:
    """Shards already written; they are numbered from 0 without gaps."""
    return len(list(Path(folder).glob("shard-*.pt")))


def write_json(path: Path, value):
    """Writes indented JSON atomically."""
    partial = Path(str(path) + ".partial")
    partial.write_text(json.dumps(value, indent=2) + "\n")
    os.replace(partial, path)
