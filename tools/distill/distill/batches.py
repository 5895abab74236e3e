"""Batches of samples: order fixed by the seed, padded, with the positions to learn from."""

import random
from dataclasses import dataclass

import numpy as np
import torch


@dataclass(frozen=True)
class Batch:
    """``ids`` [rows, time] padded with 0; the other tensors have one row per reply token.

    ``where`` indexes the flattened [rows * time] states: the state before the reply token. ``top`` are columns of the
    draft's logits (0 where the draft has none) and ``log_probs`` what the target thinks of them (-inf there).
    """

    ids: torch.Tensor
    where: torch.Tensor
    top: torch.Tensor
    log_probs: torch.Tensor

    def to(self, device):
        return Batch(*(t.to(device) for t in vars(self).values()))


def make_batch(samples: list, top: int, columns: np.ndarray) -> Batch:
    """Collates; only the ``top`` likeliest tokens of each position are kept.

    The target's probabilities are those of the tokens that the draft can propose: what is known to go to others is
    taken out, and the rest is scaled up.
    """
    width = max(len(s.ids) for s in samples) - 1  # the last token is never an input
    ids = np.zeros((len(samples), width), dtype=np.int64)
    where, top_ids, log_probs = [], [], []
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids) - 1] = sample.ids[:-1]
        where.append(row * width + np.arange(sample.prompt_length - 1, len(sample.ids) - 1))
        top_ids.append(sample.top_ids[:, :top])
        log_probs.append(sample.top_values[:, :top].astype(np.float32) - sample.total[:, None])
    found = columns[np.concatenate(top_ids)]
    log_probs = np.concatenate(log_probs)
    outside = np.where(found < 0, np.exp(log_probs), 0).sum(-1, keepdims=True)
    log_probs = np.where(found < 0, -np.inf, log_probs - np.log1p(-np.minimum(outside, 0.999))).astype(np.float32)
    return Batch(*(torch.from_numpy(c) for c in (ids, np.concatenate(where), np.maximum(found, 0), log_probs)))


class BatchOrder:
    """Which samples form the batch of a step: shuffled each epoch, of similar length within a batch."""

    def __init__(self, samples: list, rows: int, seed: int, pool: int = 8):
        self._samples, self._rows, self._seed, self._pool = samples, rows, seed, pool
        self.steps_per_epoch = max(1, len(samples) // rows)
        self._epoch, self._plan = -1, []

    def batch(self, step: int) -> list:
        epoch, index = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._plan = epoch, self._shuffled(epoch)
        return [self._samples[i] for i in self._plan[index]]

    def _shuffled(self, epoch: int) -> list:
        chooser = random.Random(self._seed * 1_000_003 + epoch)
        order = list(range(len(self._samples)))
        chooser.shuffle(order)
        span = self._rows * self._pool
        for begin in range(0, len(order), span):
            order[begin : begin + span] = sorted(
                order[begin : begin + span], key=lambda i: len(self._samples[i].ids)
            )
        plan = [order[i : i + self._rows] for i in range(0, len(order), self._rows)]
        plan = [p for p in plan if len(p) == self._rows] or [order]
        chooser.shuffle(plan)
        return plan
