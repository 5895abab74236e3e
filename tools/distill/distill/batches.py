"""Batches of samples: order fixed by the seed, padded, with the positions to learn from."""

import random
from dataclasses import dataclass

import numpy as np
import torch

from .copies import copies


@dataclass(frozen=True)
class Batch:
    """``ids`` [rows, time] padded with 0; the other tensors have one row per reply token.

    ``where`` indexes the flattened [rows * time] states: the state before the reply token. ``top`` are columns of the
    draft's logits (-1 where the draft has none but the copy is that token; 0 where it has none) and ``log_probs`` what the
    target thinks of them (-inf in the last case). ``copied`` tells which of them is the copied token, ``copies`` is its column
    (-1 if it has none), ``lengths`` how many tokens agree there (0: nothing to copy).
    """

    ids: torch.Tensor
    where: torch.Tensor
    top: torch.Tensor
    log_probs: torch.Tensor
    copied: torch.Tensor
    copies: torch.Tensor
    lengths: torch.Tensor

    def to(self, device):
        return Batch(*(t.to(device) for t in vars(self).values()))

    def rows(self, part: slice):
        """The batch with some of its reply tokens only."""
        return Batch(self.ids, *(t[part] for name, t in vars(self).items() if name != "ids"))


def make_batch(samples: list, top: int, columns: np.ndarray, temperature: float = 1.0) -> Batch:
    """Collates; only the ``top`` likeliest tokens of each position are kept.

    The target's probabilities are those of the tokens that the draft can propose or copy, at ``temperature``: what is known
    to go to others is taken out, and the rest is scaled up.
    """
    width = max(len(s.ids) for s in samples) - 1  # the last token is never an input
    ids = np.zeros((len(samples), width), dtype=np.int64)
    where, top_ids, log_probs, tokens, lengths = [], [], [], [], []
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids) - 1] = sample.ids[:-1]
        where.append(row * width + np.arange(sample.prompt_length - 1, len(sample.ids) - 1))
        top_ids.append(sample.top_ids[:, :top])
        log_probs.append(tempered(sample, temperature)[:, :top])
        copied_tokens, agreements = copies(sample.ids, sample.prompt_length)
        tokens.append(copied_tokens)
        lengths.append(agreements)
    top_ids, log_probs = np.concatenate(top_ids), np.concatenate(log_probs)
    tokens = np.concatenate(tokens)
    copied = top_ids == tokens[:, None]
    found = columns[top_ids]
    known = (found >= 0) | copied
    outside = np.where(known, 0, np.exp(log_probs)).sum(-1, keepdims=True)
    log_probs = np.where(known, log_probs - np.log1p(-np.minimum(outside, 0.999)), -np.inf).astype(np.float32)
    found = np.where(known, found, 0)
    own = np.where(tokens < 0, -1, columns[tokens])
    parts = (ids, np.concatenate(where), found, log_probs, copied, own, np.concatenate(lengths))
    return Batch(*(torch.from_numpy(part) for part in parts))


def tempered(sample, temperature: float) -> np.ndarray:
    """The target's log-probabilities of the kept tokens at a temperature.

    What the others have together is known at temperature 1 only; at another it is taken as if each had as much as the
    least of those kept, which makes it too large rather than too small when the temperature is below 1.
    """
    values = sample.top_values.astype(np.float32)
    log_probs = values - sample.total[:, None]
    if temperature == 1:
        return log_probs
    rest = np.log(np.maximum(1 - np.exp(log_probs).sum(-1), 1e-9))
    least = log_probs[:, -1]
    rest = rest + least * (1 / temperature - 1)  # sum of p^(1/t) <= least^(1/t - 1) * sum of p
    scaled = log_probs / temperature
    return scaled - np.logaddexp(np.logaddexp.reduce(scaled, -1), rest)[:, None]


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
